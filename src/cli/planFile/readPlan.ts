// cli/planFile: a plan from a file or stdin, as data, and its faults with their line and column.
import * as E from 'fp-ts/lib/Either.js'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { PlanFault } from '../../model/fault/fault.js'
import { planLimits } from '../../model/limits.js'
import { parsePlanText } from './parsePlanText.js'
import type { PlanRead } from './planSource.js'

/** Reads a plan from a file, or from `stdin` when the path is `-`. JSON or YAML: the content decides. */
export async function readPlan(path: string, stdin: NodeJS.ReadableStream): Promise<E.Either<readonly PlanFault[], PlanRead>> {
  const file = path === '-' ? 'stdin' : path
  const bytes = await readBytes(path, stdin).catch((error: unknown) => notReadable(file, systemReason(error)))
  if (!Buffer.isBuffer(bytes)) return E.left([bytes])
  const text = decodeUtf8(bytes)
  if (text === undefined) return E.left([notReadable(file, 'it is not UTF-8 text')])
  const source = { file, text }
  const parsed = await parsePlanText(source)
  if (parsed._tag === 'Left') return parsed
  const { value, isJson } = parsed.right
  return E.right({ value, source: { ...source, isJson } })
}

async function readBytes(path: string, stdin: NodeJS.ReadableStream): Promise<Buffer | PlanFault> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of path === '-' ? stdin : createReadStream(path)) {
    // Neither stream was given an encoding, so both give bytes.
    chunks.push(chunk as Buffer)
    bytes += chunk.length
    if (bytes > planLimits.bytes) return tooLarge(path === '-' ? bytes : Math.max(bytes, (await stat(path)).size))
  }
  return Buffer.concat(chunks)
}

// The decoder takes a byte order mark away, and refuses what is not UTF-8: a plan must not be run with its text altered.
function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function tooLarge(actual: number): PlanFault {
  return { type: 'too-large', at: [], what: 'bytes', limit: planLimits.bytes, actual }
}

function notReadable(file: string, reason: string): PlanFault {
  return { type: 'not-readable', at: [], reason: `${file}: ${reason}.` }
}

function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'ENOENT':
      return 'there is no such file'
    case 'EISDIR':
      return 'it is a folder, not a file'
    case 'EACCES':
      return 'permission to read it is denied'
    default:
      return error instanceof Error ? error.message : String(error)
  }
}
