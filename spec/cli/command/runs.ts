import * as assert from 'uvu/assert'
import { millrace, type Ended } from './millrace.js'

/** Twelve programs that sleep, two at once. */
export const sleeps = (ms: number): object => ({
  name: 'sleeps',
  concurrency: 2,
  operations: Array.from({ length: 12 }, () => ({
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
