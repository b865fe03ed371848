import type { CallToolResult, Progress, Tool } from '@modelcontextprotocol/client'
import type { TraceContext } from '../../model/text/traceIds.js'
import { isAllowed } from './allowed.js'
import { connect, type Connection, type StartedProcess } from './connection.js'
import type { ServerConfig } from './serverConfig.js'
import { ServerFault } from './serverFault.js'
import { workLimit } from './workLimit.js'

/** One call of a tool. */
export interface ToolCall {
  readonly tool: string
  readonly args: Readonly<Record<string, unknown>>
  /** The trace that it is part of. */
  readonly trace: TraceContext | undefined
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  /** Told of the program that does the work, before it does. */
  readonly onProcess: (started: StartedProcess) => void
}

/** One downstream server: started on first use, kept, and started again when it has gone. */
export interface ToolServer {
  readonly name: string
  /** The tools that plans may use. Rejects with a `ServerFault`. */
  readonly tools: () => Promise<readonly Tool[]>
  readonly call: (call: ToolCall) => Promise<CallToolResult>
  readonly close: () => Promise<void>
}

const defaultConcurrency = 4
const forever = 2 ** 31 - 1

export function toolServer(name: string, config: ServerConfig): ToolServer {
  const { take } = workLimit(config.concurrency ?? defaultConcurrency)
  let current: Promise<Connection> | undefined
  let closed = false

  const connection = async (): Promise<Connection> => {
    if (closed) throw new ServerFault(`The server "${name}" is no longer available: this process is ending.`)
    // A start that failed was told to those who waited for it; whoever comes now has it tried again.
    const before = await current?.catch(() => undefined)
    if (before !== undefined && before.lost() === undefined) return before
    current = connect(name, config)
    return current
  }
  // Several calls may find it gone at once: the first starts it again, for all.
  const starting = serially(connection)

  return {
    name,
    async tools() {
      const { tools } = await starting()
      return tools.filter((tool) => isAllowed(tool.name, config.tools))
    },
    call: ({ tool, args, trace, signal, onProgress, onProcess }) =>
      take(signal, async () => {
        const used = await starting()
        if (used.process !== undefined) onProcess(used.process)
        try {
          // How long a call may take is the operation's affair.
          return await used.client.callTool(
            { name: tool, arguments: { ...args }, ...(trace && { _meta: { ...trace } }) },
            { signal, timeout: forever, onprogress: onProgress },
          )
        } catch (error) {
          const lost = used.lost()
          if (lost === undefined || signal.aborted) throw error
          throw new ServerFault(
            `The server "${name}" ended (${lost}) while "${tool}" was running.\nThe effect of the call is unknown. The next call restarts the server.`,
            { cause: error },
          )
        }
      }),
    async close() {
      closed = true
      const open = await current?.catch(() => undefined)
      await open?.close()
    },
  }
}

/** One at a time, each after the one before has been decided. */
function serially<A>(work: () => Promise<A>): () => Promise<A> {
  let last: Promise<unknown> = Promise.resolve()
  return () => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
}
