import { firstValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch, type PlanInput } from '../../../src/engine/runBatch.js'
import type { RunOptions } from '../../../src/engine/options.js'
import { operation } from '../../../src/model/code/createOperation.js'
import type { BatchEvent, EventOfType } from '../../../src/model/event.js'
import type { AttemptContext } from '../../../src/model/work.js'
import { heldOperations } from '../../../src/testing/heldOperations.js'

const test = suite('output of a failed attempt')
const KiB = 1024

const eventsOf = (plan: PlanInput, options: RunOptions = {}): Promise<readonly BatchEvent[]> =>
  firstValueFrom(runBatch(plan, options).pipe(toArray()))

function only<T extends BatchEvent['type']>(events: readonly BatchEvent[], type: T): EventOfType<T> {
  const found = events.filter((event): event is EventOfType<T> => event.type === type)
  assert.is(found.length, 1, `one ${type}`)
  return found[0]!
}

/** Says so much, and fails. */
const failing = (say: (context: AttemptContext) => void) =>
  operation('test', (context) => {
    say(context)
    return Promise.reject(new Error('no'))
  })

test('both streams are in its error, whole when they are short', async () => {
  const events = await eventsOf([
    failing(({ output }) => {
      output('stdout', '1) expected 3, ')
      output('stderr', '(node) DeprecationWarning\n')
      output('stdout', 'got 4\n')
    }),
  ])
  const { error } = only(events, 'operation-failed')
  assert.equal([error.message, error.type], ['Error: no', 'thrown'])
  assert.equal([error.stdout, error.stderr, error.omitted], ['1) expected 3, got 4\n', '(node) DeprecationWarning\n', undefined])
  assert.equal(only(events, 'attempt-failed').error, error)
  assert.equal(only(events, 'run-finished').summary.rootCauses[0]?.error, error)
})

test('the first 4 KiB and the last 12 KiB are, and how much is left out', async () => {
  const events = await eventsOf([failing(({ output }) => output('stdout', 'a'.repeat(4 * KiB) + 'b'.repeat(5000) + 'c'.repeat(12 * KiB)))])
  const { stdout, stderr, omitted } = only(events, 'operation-failed').error
  assert.is(stdout, `${'a'.repeat(4 * KiB)}\n[… 5,000 bytes left out …]\n${'c'.repeat(12 * KiB)}`)
  assert.equal([stderr, omitted], ['', { stdout: 5000, stderr: 0 }])
})

test('nothing is added to the error of an attempt that gave out nothing', async () => {
  const { error } = only(await eventsOf([failing(() => undefined)]), 'operation-failed')
  assert.not.ok('stdout' in error || 'stderr' in error || 'omitted' in error)
})

test('each attempt has its own', async () => {
  let attempt = 0
  const flaky = operation(
    'flaky',
    ({ output }) => {
      attempt += 1
      output('stderr', `attempt ${attempt}`)
      return Promise.reject(new Error('no'))
    },
    { retry: { attempts: 2, delayMs: 0 } },
  )
  const events = await eventsOf([flaky])
  const failures = events.flatMap((event) => (event.type === 'attempt-failed' ? [event.error.stderr] : []))
  assert.equal(failures, ['attempt 1', 'attempt 2'])
  assert.is(only(events, 'operation-failed').error.stderr, 'attempt 2')
})

/** Says it waits, and then waits for its abort, or for good. */
const waiting = (id: string, heedsAbort: boolean, settings: object) =>
  operation(
    id,
    ({ output, signal }) => {
      output('stdout', 'waiting for db on 5432\n')
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          output('stdout', 'giving up\n')
          if (heedsAbort) reject(new Error('aborted'))
        })
      })
    },
    settings,
  )

test('a time-out has it, with what was said after the abort', async () => {
  const { error } = only(await eventsOf([waiting('slow', true, { timeoutMs: 1 })]), 'operation-failed')
  assert.equal([error.type, error.stdout], ['timeout', 'waiting for db on 5432\ngiving up\n'])
})

test('a body that ignores its abort has it', async () => {
  const { error, detached } = only(await eventsOf([waiting('slow', false, { timeoutMs: 1 })], { graceMs: 1 }), 'operation-failed')
  assert.equal([detached, error.stdout], [true, 'waiting for db on 5432\ngiving up\n'])
})

test('a cancelled operation has it', async () => {
  const events = await eventsOf({ timeoutMs: 1, operations: [waiting('slow', true, {})] })
  assert.equal(only(events, 'operation-cancelled').output, { stdout: 'waiting for db on 5432\ngiving up\n', stderr: '' })
})

test('secrets are masked before it is cut, wherever the cut falls', async () => {
  const secret = 'canary-4f7a93b1-8c20'
  process.env['MILLRACE_SPEC_SECRET'] = secret
  try {
    for (const shift of [0, 1, 7, 12, 19, 20]) {
      const hold = heldOperations().operations.get('test.hold')!
      const perform = (_params: unknown, { output }: AttemptContext): Promise<never> => {
        // Once over the end of what is kept of the beginning, once over the beginning of what is kept of the end; in two pieces.
        const before = 'x'.repeat(4 * KiB - shift)
        const after = 'y'.repeat(12 * KiB - shift)
        for (const stream of ['stdout', 'stderr'] as const) {
          output(stream, `${before}${secret.slice(0, 9)}`)
          output(stream, `${secret.slice(9)}${'z'.repeat(9000)}${secret}${after}`)
        }
        return Promise.reject(new Error('no'))
      }
      const operations = new Map([['test.hold', { ...hold, perform }]])
      const plan = [{ id: 'a', type: 'test', operation: 'hold', params: { note: { $secret: 'MILLRACE_SPEC_SECRET' } } }]
      const events = await eventsOf(plan, { operations })
      const { stdout = '', stderr = '' } = only(events, 'operation-failed').error
      for (let from = 0; from + 6 <= secret.length; from += 1)
        assert.not.ok((stdout + stderr).includes(secret.slice(from, from + 6)), `cut at ${shift}, "${secret.slice(from, from + 6)}"`)
    }
  } finally {
    delete process.env['MILLRACE_SPEC_SECRET']
  }
})

test.run()
