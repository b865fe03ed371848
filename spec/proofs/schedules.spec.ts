// @limit 1200
import { cleanupMs } from '../support/checkerFacts.js'
import fc, { type Scheduler } from 'fast-check'
import type { SchedulerLike } from 'rxjs'
import { Subscription } from 'rxjs'
import { suite } from 'uvu'
import { runBatch } from '../../src/engine/runBatch.js'
import type { OperationType } from '../../src/model/operationType.js'
import { heldOperations } from '../../src/testing/heldOperations.js'
import { check } from '../support/checker.js'
import type { BodyEnd, Entry } from '../support/checkerTranscript.js'
import { randomRun, type RandomRun } from '../support/randomPlan.js'
import { scriptedOperations } from '../support/randomPlanBodies.js'
import { graphs, holds, story } from '../support/randomPlanRuns.js'

const test = suite('the engine, on bodies that are promises')

const graceMs = 1_000

test('every promise holds, in whatever order promises settle and timers fire', () =>
  holds(fc.tuple(randomRun, fc.scheduler()), Math.ceil(graphs / 10), async ([run, turns]) => {
    const transcript = await follow(run, turns)
    return story(check(run.plan, transcript, graceMs, true), run, [fc.stringify(turns)], transcript)
  }))

test.run()

/** Runs a plan whose every step, the end of a body or of an undo and each timer alike, waits for its turn. */
async function follow({ plan, bodies, seed, choices }: RandomRun, turns: Scheduler): Promise<readonly Entry[]> {
  const transcript: Entry[] = []
  const note = (entry: Entry): void => void transcript.push(entry)
  const clock = lateTimers(turns)
  const hold: OperationType = heldOperations().operations.get('test.hold')!
  let picked = 0
  const perform: OperationType['perform'] = (_params, { id, attempt, signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        if (transcript.findLast((entry) => 'id' in entry && entry.id === id)?.type === 'body-ended') reject(new Error('obeyed'))
      })
      void turns.schedule(Promise.resolve(), `body of ${id}`).then(() => {
        const choice = choices[picked++] ?? 0
        const value = { n: choice, paths: ['a'] }
        const error = { type: 'thrown', message: `${id} failed`, retryable: choice % 2 === 0 }
        const end: BodyEnd = choice % 4 < 3 ? { type: 'gave', value } : { type: 'threw', error }
        if (!settle(id, attempt, end)) return
        if (end.type === 'gave') resolve(value)
        else reject(error)
      })
    })
  const held = { operations: new Map([['test.hold', { ...hold, perform }]]) }
  const { registry, undos, settle } = scriptedOperations({ held, bodies, note, now: () => clock.scheduler.now() })

  let finished = false
  runBatch({ ...plan }, { operations: registry, scheduler: clock.scheduler, seed, graceMs, cleanupMs }).subscribe({
    next(event) {
      note({ type: 'told', event })
      finished ||= event.type === 'run-finished'
    },
    // A defect of the library: the run then never finishes.
    error: (defect: unknown) => console.error(defect),
  })
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  await settled()
  while (!finished && (turns.count() > 0 || undos.length > 0)) {
    if (!clock.isDue()) note({ type: 'quiet', now: clock.scheduler.now() })
    const undo = undos.shift()
    if (undo !== undefined) undo.end(seed % 3 > 0)
    else await turns.waitOne()
    await settled()
  }
  note({ type: 'over', timers: clock.pending(), listeners: 0 })
  return transcript
}

/** A scheduler whose timers fire when their turn comes: never too early, and as late as may be. */
function lateTimers(turns: Scheduler) {
  const pending = new Map<Subscription, number>()
  let now = 0
  const scheduler: SchedulerLike = {
    now: () => now,
    schedule(work: (this: never, state?: never) => void, delayMs = 0) {
      const timer = new Subscription(() => pending.delete(timer))
      pending.set(timer, now + delayMs)
      void turns.schedule(Promise.resolve(), `timer of ${delayMs} ms`).then(() => {
        const due = pending.get(timer)
        if (due === undefined) return
        timer.unsubscribe()
        now = Math.max(now, due)
        // The engine's work asks for neither its action nor a state.
        ;(work as () => void)()
      })
      return timer
    },
  }
  return {
    scheduler,
    pending: () => pending.size,
    /** Whether a timer is late. */
    isDue: () => [...pending.values()].some((due) => due <= now),
  }
}
