import { TestScheduler, type RunHelpers } from 'rxjs/testing'
import * as assert from 'uvu/assert'

/** Runs a marble test in virtual time. Errors are compared by name and message: to uvu any two are the same. */
export function marbles(test: (helpers: RunHelpers & { readonly testScheduler: TestScheduler }) => void): void {
  const testScheduler = new TestScheduler((actual, expected) => assert.equal(comparable(actual), comparable(expected)))
  testScheduler.run((helpers) => test({ ...helpers, testScheduler }))
}

function comparable(frames: unknown): unknown {
  if (frames instanceof Error) return { name: frames.name, message: frames.message }
  if (Array.isArray(frames)) return frames.map(comparable)
  if (typeof frames !== 'object' || frames === null) return frames
  return Object.fromEntries(Object.entries(frames).map(([key, value]) => [key, comparable(value)]))
}
