import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio'
import type { Hosts } from './hosts.js'
import { whenOrphaned } from './orphaned.js'
import { wholeLines } from './wholeLines.js'
import { protocolServer } from './server.js'

/** Room for the largest message a call may be, escaped as JSON. */
const mostBufferBytes = 64 * 1024 * 1024

function tooLong(id: string | number | null): string {
  const message = `The message is larger than the ${mostBufferBytes} bytes this server accepts. Let operations read large content from files.`
  return `${JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32600, message } })}\n`
}

/**
 * Serves the tools on stdin and stdout until stdin ends or `stop` is aborted. Done once no work is left.
 *
 * Nothing but messages of the protocol is ever written to stdout; what people should know goes to `log`.
 */
export async function serveOnStdio(hosts: Hosts, version: string, stop: AbortSignal, log: (text: string) => void): Promise<void> {
  const lines = wholeLines(mostBufferBytes, (id) => process.stdout.write(tooLong(id)))
  process.stdin.pipe(lines)
  // Room for a message of the largest size and the beginning of the next.
  const transport = new StdioServerTransport(lines, process.stdout, { maxBufferSize: 2 * mostBufferBytes })
  const handle = serveStdio(() => protocolServer(hosts, version), { transport, onerror: (error) => log(error.message) })
  let parent: ReturnType<typeof whenOrphaned> | undefined
  await new Promise<void>((ended) => {
    // The transport ends the connection by itself; whoever serves has to know of it too, to stop what runs.
    process.stdin.once('end', ended).once('close', ended)
    process.stdout.once('error', () => ended()).once('close', ended)
    parent = whenOrphaned(ended)
    if (stop.aborted) ended()
    else stop.addEventListener('abort', () => ended(), { once: true })
  })
  parent?.stop()
  // What still comes is for nobody, and must not keep this process.
  process.stdin.unpipe(lines).pause()
  await handle.close()
  await hosts.close('the connection has ended')
}
