// cli/mcp: the command that serves the tools over MCP.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type * as served from '../../mcp/serve.js'
import { exitCodes } from '../process/exitCodes.js'
import { hearInterrupts } from '../process/interrupts.js'
import { rootFault } from '../flags/rootFault.js'

export interface McpFlags {
  readonly root?: readonly string[]
  readonly allowProgram?: readonly string[]
  readonly allowEnv?: readonly string[]
  readonly config?: string
  readonly http?: number
}

/** `millrace mcp`: serves the tools to a client. Answers the exit code. */
export async function mcp({ root, allowProgram, allowEnv, config: file, http }: McpFlags, version: string): Promise<number> {
  const log = (text: string): void => void process.stderr.write(`millrace mcp: ${text}\n`)
  const unusable = await rootFault(root === undefined ? {} : { root })
  if (unusable !== undefined) {
    log(unusable)
    return exitCodes.usage
  }
  const { readConfig, serve } = await serving(http)
  const config = file === undefined ? {} : await configFrom(file, readConfig)
  if (typeof config === 'string') {
    log(config)
    return exitCodes.usage
  }
  const { MILLRACE_TOKEN: token } = process.env
  const stop = new AbortController()
  const interrupts = hearInterrupts(() => stop.abort())
  try {
    await serve({
      ...config,
      version,
      log,
      stop: stop.signal,
      ...(root !== undefined && { root }),
      ...(allowProgram !== undefined && { allowPrograms: allowProgram }),
      ...(allowEnv !== undefined && { allowEnv }),
      ...(file !== undefined && { reserved: [resolve(file)] }),
      ...(http !== undefined && { port: http }),
      ...(token !== undefined && token !== '' && { token }),
    })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    log(`port ${http} is in use. Choose another one, or 0 for any.`)
    return exitCodes.usage
  } finally {
    interrupts.off()
  }
  const signal = interrupts.taken()
  return signal === undefined ? exitCodes.ok : exitCodes[signal]
}

type Serving = Pick<typeof served, 'readConfig' | 'serve'>

/** What serves on stdin and stdout, or over HTTP: each start loads only what it needs. */
async function serving(http: number | undefined): Promise<Serving> {
  if (http === undefined) return import('../../mcp/serve.js')
  const { readConfig, serveHttp } = await import('../../mcp/serveHttp.js')
  return { readConfig, serve: serveHttp }
}

/** The configuration in a file, or what is wrong with it. */
async function configFrom(file: string, readConfig: typeof served.readConfig): Promise<served.Config | string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
  if (text instanceof Error) return `${file}: it could not be read: ${text.message}.`
  const read = readConfig(text, file)
  return read._tag === 'Left' ? read.left : read.right
}
