import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio'
import type { Hosts } from './hosts.js'
import { protocolServer } from './server.js'

/** Room for the largest message a call may be, escaped as JSON. */
const mostBufferBytes = 64 * 1024 * 1024

/**
 * Serves the tools on stdin and stdout until stdin ends or `stop` is aborted. Done once no work is left.
 *
 * Nothing but messages of the protocol is ever written to stdout; what people should know goes to `log`.
 */
export async function serveOnStdio(hosts: Hosts, version: string, stop: AbortSignal, log: (text: string) => void): Promise<void> {
  const transport = new StdioServerTransport(process.stdin, process.stdout, { maxBufferSize: mostBufferBytes })
  const handle = serveStdio(() => protocolServer(hosts, version), { transport, onerror: (error) => log(error.message) })
  await new Promise<void>((ended) => {
    // The transport ends the connection by itself; whoever serves has to know of it too, to stop what runs.
    process.stdin.once('end', ended).once('close', ended)
    process.stdout.once('error', () => ended()).once('close', ended)
    if (stop.aborted) ended()
    else stop.addEventListener('abort', () => ended(), { once: true })
  })
  await handle.close()
  await hosts.close('the connection has ended')
}
