import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { Observable } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { InvalidPlanError } from '../../src/engine/invalidPlanError.js'
import { runBatch } from '../../src/engine/runBatch.js'
import { operation } from '../../src/model/code/createOperation.js'
import type { BatchEvent } from '../../src/model/event.js'
import type { Report } from '../../src/operators/summarize.js'
import { toTaskEither } from '../../src/operators/toTaskEither.js'
import { heldOperations } from '../../src/testing/heldOperations.js'

const test = suite('toTaskEither')

const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

test('runs nothing before it is called, and once a call', async () => {
  const held = heldOperations()
  const task = toTaskEither(runBatch([{ id: 'a', type: 'test', operation: 'hold' }], { operations: held.operations }))
  assert.equal(held.started(), [])
  const first = task()
  held.succeed('a', 1)
  const second = task()
  held.succeed('a', 2)
  const valuesOf = E.map(({ operations }: Report) => operations.map(({ outcome }) => outcome))
  assert.equal(valuesOf(await first), E.right([{ type: 'succeeded', value: 1 }]))
  assert.equal(valuesOf(await second), E.right([{ type: 'succeeded', value: 2 }]))
})

test('has failed operations in the report, on the right', async () => {
  const stuck = operation('broken', () => Promise.reject(new RangeError('no water')))
  const ok = pipe(
    toTaskEither(runBatch([stuck])),
    TE.map((report) => report.ok),
  )
  assert.equal(await ok(), E.right(false))
})

test('has a plan that cannot run on the left', async () => {
  const end = await toTaskEither(runBatch([{ type: 'nothing', operation: 'known' }]))()
  assert.ok(E.isLeft(end))
  assert.instance(end.left, InvalidPlanError)
})

test('rejects with a defect', async () => {
  const defect = new RangeError('a defect')
  assert.is(await refusal(toTaskEither(new Observable<BatchEvent>((subscriber) => subscriber.error(defect)))()), defect)
})

test.run()
