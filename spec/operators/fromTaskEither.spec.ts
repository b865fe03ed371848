import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { lastValueFrom } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import { operation } from '../../src/model/code/createOperation.js'
import { fromTaskEither } from '../../src/operators/fromTaskEither.js'
import { outcomeToEither } from '../../src/operators/outcomeToEither.js'
import { summarize } from '../../src/operators/summarize.js'

const test = suite('fromTaskEither')

const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

test('runs the task for each subscription, and gives the right', async () => {
  let calls = 0
  const values$ = fromTaskEither(() => Promise.resolve(E.right(++calls)))
  assert.is(calls, 0)
  assert.is(await lastValueFrom(values$), 1)
  assert.is(await lastValueFrom(values$), 2)
})

test('errors with the left as it is', async () => {
  const left = { code: 7 }
  assert.is(await refusal(lastValueFrom(fromTaskEither(TE.left(left)))), left)
})

test('a TaskEither is work as it is: its left fails the operation', async () => {
  const stuck = operation('broken', () => TE.left('no water'))
  const report = await lastValueFrom(runBatch([stuck]).pipe(summarize()))
  assert.equal(
    report.operations.map(({ outcome }) => E.isLeft(outcomeToEither(outcome))),
    [true],
  )
  assert.is(report.rootCauses[0]?.error.message, 'The operation failed with "no water".')
})

test.run()
