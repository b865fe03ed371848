import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { lastValueFrom } from 'rxjs'
import { runBatch } from '../../src/engine/runBatch.js'
import { summarize } from '../../src/operators/summarize.js'
import { memoryPerformer, type AttemptFate } from '../../src/testing/memoryPerformer.js'
import { performerCases } from '../../src/testing/performerCases.js'
import type { Performer } from '../../src/model/performer.js'
import { heldOperations } from '../../src/testing/heldOperations.js'

const test = suite('performers')

for (const { name, run } of performerCases(async (operations) => ({
  performer: memoryPerformer({ operations }),
  close: async () => undefined,
})))
  test(`the stand-in ${name}`, run)

const broken: readonly (readonly [string, (sound: Performer) => Performer])[] = [
  [
    'that performs an attempt twice',
    (sound) => ({
      ...sound,
      perform: (attempt, context) =>
        Promise.all([sound.perform(attempt, context), sound.perform(attempt, { ...context, placed: () => undefined })]).then(
          ([value]) => value,
        ),
    }),
  ],
  [
    'that never says when it is placed',
    (sound) => ({ ...sound, perform: (attempt, context) => sound.perform(attempt, { ...context, placed: () => undefined }) }),
  ],
  [
    'that loses output',
    (sound) => ({ ...sound, perform: (attempt, context) => sound.perform(attempt, { ...context, output: () => undefined }) }),
  ],
  [
    'that does not stop',
    (sound) => ({
      ...sound,
      perform: (attempt, context) =>
        Promise.race([
          sound.perform(attempt, { ...context, signal: new AbortController().signal }),
          new Promise((_, no) => context.signal.addEventListener('abort', () => no(new Error('left')))),
        ]),
    }),
  ],
]
for (const [name, breaks] of broken)
  test(`the cases catch a performer ${name}`, async () => {
    const cases = performerCases(async (operations) => ({
      performer: breaks(memoryPerformer({ operations })),
      close: async () => undefined,
    }))
    let caught = false
    // The first that it breaks: in those that follow it may never end.
    for (const { run } of cases)
      if (!caught)
        caught = await run().then(
          () => false,
          () => true,
        )
    assert.ok(caught)
  })

const fates: readonly (readonly [string, AttemptFate, string, number])[] = [
  ['lost before its work', { lost: 'before' }, 'succeeded', 1],
  ['lost after its work', { lost: 'after' }, 'succeeded', 2],
  ['late in the queue and back', { queuedMs: 1, lateMs: 1 }, 'succeeded', 1],
  ['said twice', { doubled: true }, 'succeeded', 1],
]
for (const [name, fate, end, executions] of fates)
  test(`an attempt that is ${name} ends as it should`, async () => {
    const { operations } = heldOperations()
    const real = new Map([['test.hold', { ...operations.get('test.hold')!, perform: () => 1 }]])
    const performer = memoryPerformer({ operations: real, fate: ({ attempt }) => (attempt === 1 ? fate : {}) })
    const plan = [{ id: 'a', type: 'test.hold', place: 'any', repeatable: true }]
    const summary = await lastValueFrom(runBatch(plan, { operations: real, performer }).pipe(summarize()))
    assert.is(summary.ok ? 'succeeded' : 'failed', end)
    assert.is(performer.performed().length, executions)
  })

test.run()
