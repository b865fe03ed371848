import * as assert from 'uvu/assert'
import { millrace, type Ended } from './millrace.js'

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
