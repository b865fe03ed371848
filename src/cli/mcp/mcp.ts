// cli/mcp: the command that serves the tools over MCP.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type * as serving from '../../mcp/serve.js'
import { endpointsOf } from '../../operations/http/endpoints.js'
import { missingPrograms } from '../../operations/shell/programs.js'
import { exitCodes } from '../process/exitCodes.js'
import { hearInterrupts } from '../process/interrupts.js'
import { rootFault } from '../flags/rootFault.js'
import { servedRoots } from './servedRoots.js'

export interface McpFlags {
  readonly root?: readonly string[]
  readonly allowProgram?: readonly string[]
  readonly allowEnv?: readonly string[]
  readonly allowAddress?: readonly string[]
  readonly maxAnswerTokens?: number
  readonly confirm?: readonly string[]
  readonly config?: string
  readonly http?: number
}

/** `millrace mcp`: serves the tools to a client. Answers the exit code. */
export async function mcp(flags: McpFlags, version: string): Promise<number> {
  const { root: named, allowProgram, allowEnv, allowAddress, maxAnswerTokens, confirm = [], config: file, http } = flags
  const log = (text: string): void => void process.stderr.write(`millrace mcp: ${text}\n`)
  const served = servedRoots(named, process.env, process.cwd())
  const unusable = served.type === 'none' ? served.reason : ((await rootFault({ root: served.roots })) ?? startFault(flags))
  if (served.type === 'none' || unusable !== undefined) {
    log(unusable ?? '')
    return exitCodes.usage
  }
  const { readConfig, serve, UnusableSettings } = await servingOver(http)
  const config = file === undefined ? {} : await configFrom(file, readConfig)
  if (typeof config === 'string') {
    log(config)
    return exitCodes.usage
  }
  const { MILLRACE_TOKEN: token } = process.env
  log(`plans can reach ${served.roots.join(', ')} (${served.from})`)
  const stop = new AbortController()
  const interrupts = hearInterrupts(() => stop.abort())
  try {
    await serve({
      ...config,
      version,
      log,
      stop: stop.signal,
      root: served.roots,
      ...(named === undefined && { rootsOfClient: true }),
      ...(allowProgram !== undefined && { allowPrograms: allowProgram }),
      ...(allowEnv !== undefined && { allowEnv }),
      ...(allowAddress !== undefined && { allowAddresses: allowAddress }),
      ...(maxAnswerTokens !== undefined && { maxAnswerTokens }),
      confirm: [...(config.confirm ?? []), ...confirm],
      ...(file !== undefined && { reserved: [resolve(file)] }),
      ...(http !== undefined && { port: http }),
      ...(token !== undefined && token !== '' && { token }),
    })
  } catch (error) {
    const reason =
      error instanceof UnusableSettings
        ? error.message
        : error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
          ? `port ${http} is in use. Choose another one, or 0 for any free port.`
          : undefined
    if (reason === undefined) throw error
    log(reason)
    return exitCodes.usage
  } finally {
    interrupts.off()
  }
  const signal = interrupts.taken()
  return signal === undefined ? exitCodes.ok : exitCodes[signal]
}

/** What is wrong with the flags that only the machine can tell. */
function startFault({ allowProgram = [], allowAddress = [] }: McpFlags): string | undefined {
  const missing = missingPrograms(allowProgram)
  if (missing.length > 0)
    return `--allow-program: ${missing.map((name) => JSON.stringify(name)).join(', ')} cannot be found or run. Install it, or name it by its path.`
  const endpoints = endpointsOf(allowAddress)
  return endpoints instanceof RangeError ? `--allow-address: ${endpoints.message}` : undefined
}

type Serving = Pick<typeof serving, 'readConfig' | 'serve' | 'UnusableSettings'>

/** What serves on stdin and stdout, or over HTTP: each start loads only what it needs. */
async function servingOver(http: number | undefined): Promise<Serving> {
  if (http === undefined) return import('../../mcp/serve.js')
  const { readConfig, serveHttp, UnusableSettings } = await import('../../mcp/serveHttp.js')
  return { readConfig, serve: serveHttp, UnusableSettings }
}

/** The configuration in a file, or what is wrong with it. */
async function configFrom(file: string, readConfig: typeof serving.readConfig): Promise<serving.Config | string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
  if (text instanceof Error) return `${file}: it could not be read: ${text.message}.`
  const read = readConfig(text, file)
  return read._tag === 'Left' ? read.left : read.right
}
