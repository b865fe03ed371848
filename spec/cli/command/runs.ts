import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { millrace, parsed, type Ended } from './millrace.js'

/** Programs that sleep: of a long sleep, how busy the machine is makes a small part. */
export const sleeps = (ms: number, operations = 12, concurrency = 2): object => ({
  name: 'sleeps',
  concurrency,
  operations: Array.from({ length: operations }, () => ({
    type: 'shell',
    operation: 'run',
    params: { command: ['sleep', String(ms / 1_000)] },
  })),
})
/** Three files written, in any order. */
export const files = {
  operations: ['a', 'b', 'c'].map((id) => ({ id, type: 'file', operation: 'write', params: { path: `out/${id}`, content: id } })),
}

/** Runs a plan that succeeds. */
export const run = async (cwd: string, ...args: readonly string[]): Promise<Ended> => {
  const ended = await millrace(['run', ...args, '--quiet'], { cwd })
  assert.is(ended.code, 0, ended.stderr)
  return ended
}

/**
 * Gives every run that was kept a time near to this, by its place: what they took hangs on how busy the machine was. Its files took none of
 * it.
 */
export async function setTimes(cwd: string, timeOf: (index: number) => number): Promise<void> {
  const path = join(cwd, '.millrace/history.ndjson')
  const entries = parsed(await readFile(path, 'utf8')) as unknown as readonly { run: { types: readonly { name: string }[] } }[]
  const timed = entries.map(({ run, ...entry }, index) => {
    const ms = timeOf(index) + (index % 3)
    const types = run.types.map((type) => ({ ...type, p50Ms: type.name.startsWith('file.') ? 1 : ms }))
    return { ...entry, run: { ...run, makespanMs: ms, types } }
  })
  await writeFile(path, timed.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
}
