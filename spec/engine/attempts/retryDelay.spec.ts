import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { retryDelay } from '../../../src/engine/attempts/retryDelay.js'
import type { OperationError } from '../../../src/model/operationError.js'

const test = suite('retryDelay')
const error: OperationError = { type: 'thrown', message: 'no', retryable: true }
const busy = (retryAfterMs: number): OperationError => ({
  type: 'http-status',
  message: 'busy',
  retryable: true,
  status: 429,
  retryAfterMs,
})

const rows: readonly [
  title: string,
  policy: Parameters<typeof retryDelay>[0],
  attempt: number,
  error: OperationError,
  random: number,
  ms: number,
][] = [
  ['is at most 200 ms at first when the plan does not say', { attempts: 9 }, 1, error, 1, 200],
  ['doubles with each attempt', { attempts: 9, delayMs: 100 }, 4, error, 1, 800],
  ['grows by the given factor', { attempts: 9, delayMs: 100, factor: 3 }, 3, error, 1, 900],
  ['never passes maxDelayMs', { attempts: 9, delayMs: 100, maxDelayMs: 250 }, 9, error, 1, 250],
  ['never passes 30 s when the plan does not say', { attempts: 99 }, 50, error, 1, 30_000],
  ['can be nothing at all: full jitter', { attempts: 9 }, 5, error, 0, 0],
  ['is a whole number of ms', { attempts: 9, delayMs: 3 }, 1, error, 0.5, 2],
  ['is not shorter than a server asked for', { attempts: 9 }, 1, busy(5_000), 0, 5_000],
  ['does not let a server ask for more than maxDelayMs', { attempts: 9, maxDelayMs: 1_000 }, 1, busy(5_000), 0, 1_000],
]
for (const [title, policy, attempt, failed, random, ms] of rows)
  test(title, () =>
    assert.is(
      retryDelay(policy, attempt, failed, () => random),
      ms,
    ),
  )

test.run()
