import type { Client, Tool, Transport } from '@modelcontextprotocol/client'
import { processStart } from '../../system/processStart.js'
import { readSettings } from './settings.js'
import { startServer } from './groupTransport.js'
import type { LocalConfig, RemoteConfig, ServerConfig } from './serverConfig.js'
import { NestedServer, ServerFault } from './serverFault.js'

/** A server that has been started and asked what it can do. */
export interface Connection {
  readonly client: Client
  readonly tools: readonly Tool[]
  /** What was started for it; undefined for a server at an address. */
  readonly process: StartedProcess | undefined
  /** Why it is gone, in words; undefined while it is there. */
  readonly lost: () => string | undefined
  readonly close: () => Promise<void>
}

/** A program that leads a process group, and when it started as the system says it. */
export interface StartedProcess {
  readonly pid: number
  readonly startedAt: string | undefined
}

/** What to talk through, and what to say of it once it is gone. */
interface Line {
  readonly transport: Transport
  readonly pid: () => number | undefined
  readonly ending: () => string | undefined
  readonly lastWords: () => string
  /** Takes the secrets of its settings out of a text. */
  readonly redact: (text: string) => string
  readonly close: () => Promise<void>
}

const identity = { name: 'millrace', version: '1' }
const defaultStartTimeoutMs = 30_000

/** Starts a server and lists its tools. Throws a `ServerFault` that says what went wrong. */
export async function connect(name: string, config: ServerConfig): Promise<Connection> {
  const { ProtocolError } = await import('@modelcontextprotocol/client')
  try {
    return await connectBy(name, config, 'legacy')
  } catch (error) {
    // A server that knows only the newest revision of the protocol refuses the opening that all others know.
    if (error instanceof ServerFault && error.cause instanceof ProtocolError) return connectBy(name, config, 'auto')
    throw error
  }
}

async function connectBy(name: string, config: ServerConfig, mode: 'legacy' | 'auto'): Promise<Connection> {
  const [{ Client }, { CfWorkerJsonSchemaValidator }] = await Promise.all([
    import('@modelcontextprotocol/client'),
    import('@modelcontextprotocol/client/validators/cf-worker'),
  ])
  const line = 'command' in config ? await localLine(name, config) : await remoteLine(name, config)
  // The other validator of this package makes code of schemas, which come from elsewhere; this one interprets them.
  const client = new Client(identity, { versionNegotiation: { mode }, jsonSchemaValidator: new CfWorkerJsonSchemaValidator() })
  let closed = false
  client.onclose = () => {
    closed = true
  }
  const timeout = config.startTimeoutMs ?? defaultStartTimeoutMs
  try {
    await client.connect(line.transport, { timeout })
    if (client.getServerVersion()?.name === 'millrace') throw new NestedServer(name)
    const { tools } = await client.listTools(undefined, { timeout })
    const pid = line.pid()
    return {
      client,
      tools,
      process: pid === undefined ? undefined : { pid, startedAt: processStart(pid) },
      lost: () => (closed ? (line.ending() ?? 'the connection was closed') : undefined),
      close: async () => {
        await client.close()
        await line.close()
      },
    }
  } catch (error) {
    if (error instanceof NestedServer) {
      await line.close()
      throw error
    }
    const reason = line.ending() ?? line.redact(error instanceof Error ? error.message : String(error))
    const words = line.lastWords()
    await line.close()
    const said = words === '' ? '' : `\nIt said: ${words}`
    throw new ServerFault(`The server "${name}" could not be started: ${reason}.${said}\nCorrect its entry in mcpServers.`, {
      cause: error,
    })
  }
}

async function localLine(name: string, { command, args = [], env, cwd }: LocalConfig): Promise<Line> {
  const { getDefaultEnvironment } = await import('@modelcontextprotocol/client/stdio')
  const settings = readSettings(env)
  refuseMissing(name, settings.missing)
  const redacted = settings.redaction.redactStream()
  const started = await startServer({ command, args, env: { ...getDefaultEnvironment(), ...settings.values }, cwd, redacted })
  return {
    transport: started.transport,
    pid: started.pid,
    ending: started.ending,
    lastWords: started.lastWords,
    redact: settings.redaction.redact,
    close: async () => {
      await started.transport.close()
      await started.gone()
    },
  }
}

async function remoteLine(name: string, { url, headers }: RemoteConfig): Promise<Line> {
  const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client')
  const settings = readSettings(headers)
  refuseMissing(name, settings.missing)
  if (!URL.canParse(url)) throw new ServerFault(`The server "${name}" has no usable url: "${url}".\nCorrect its entry in mcpServers.`)
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: settings.values } })
  return {
    transport,
    pid: () => undefined,
    ending: () => undefined,
    lastWords: () => '',
    redact: settings.redaction.redact,
    close: () => transport.close(),
  }
}

function refuseMissing(name: string, missing: readonly string[]): void {
  const [first] = missing
  if (first !== undefined)
    throw new ServerFault(
      `The server "${name}" could not be started: the environment variable "${first}" is not set.\nSet it and start again.`,
    )
}
