import { serve } from '../mcp/serve.js'
import { exitCodes } from './exitCodes.js'
import { hearInterrupts } from './interrupts.js'

export interface McpFlags {
  readonly root?: readonly string[]
  readonly allowProgram?: readonly string[]
  readonly allowEnv?: readonly string[]
}

/** `millrace mcp`: serves the tools to a client, on stdin and stdout. Answers the exit code. */
export async function mcp({ root, allowProgram, allowEnv }: McpFlags, version: string): Promise<number> {
  const stop = new AbortController()
  const interrupts = hearInterrupts(() => stop.abort())
  await serve({
    version,
    stop: stop.signal,
    log: (text) => process.stderr.write(`millrace mcp: ${text}\n`),
    ...(root !== undefined && { root }),
    ...(allowProgram !== undefined && { allowPrograms: allowProgram }),
    ...(allowEnv !== undefined && { allowEnv }),
  })
  interrupts.off()
  const signal = interrupts.taken()
  return signal === undefined ? exitCodes.ok : exitCodes[signal]
}
