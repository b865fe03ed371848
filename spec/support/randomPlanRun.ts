import { cleanupMs } from './checkerFacts.js'
import { getEventListeners } from 'node:events'
import { BehaviorSubject, Subject, takeUntil, VirtualTimeScheduler } from 'rxjs'
import { runBatch } from '../../src/engine/runBatch.js'
import type { BatchEvent } from '../../src/model/event.js'
import { heldOperations } from '../../src/testing/heldOperations.js'
import type { BodyEnd, Entry } from './checkerTranscript.js'
import type { RandomRun } from './randomPlan.js'
import { scriptedOperations } from './randomPlanBodies.js'

/** What came of a random run. */
export interface Driven {
  readonly transcript: readonly Entry[]
  /** What the driver did, in words, to replay it by hand. */
  readonly order: readonly string[]
}

/** Steps after which a run is taken to stand still. */
const mostSteps = 2_000

/** Runs a random plan in virtual time, ending its bodies in the order the choices say, and writes down all that happens. */
export async function drive(run: RandomRun): Promise<Driven> {
  const stage = setStage(run)
  stage.begin()
  // Undos and parts of operations go by promises: they need turns of the event loop.
  const needsTurns = run.plan.onFailure === 'rollback' || run.plan.operations.some(({ operation }) => operation === 'spread')
  for (let step = 0; step < mostSteps && !stage.isOver(); step++) {
    if (needsTurns) await new Promise(setImmediate)
    stage.noteQuiet()
    if (stage.isOver()) break
    if (!stage.act(run.choices[step] ?? 0)) break
  }
  stage.end()
  if (needsTurns) await new Promise(setImmediate)
  stage.close()
  return { transcript: stage.transcript, order: stage.order }
}

function setStage({ plan, bodies, graceMs, seed, liveLimit, interferences }: RandomRun) {
  const scheduler = new VirtualTimeScheduler()
  const transcript: Entry[] = []
  const order: string[] = []
  const held = heldOperations()
  const controller = new AbortController()
  const limits = new BehaviorSubject(plan.concurrency)
  const now = (): number => scheduler.now()
  const note = (entry: Entry): void => void transcript.push(entry)
  let told = 0
  let finished = false
  let left = false
  let limit = plan.concurrency
  const leaving = new Subject<void>()

  const interfere = (does: 'abort' | 'leave' | 'limit', to: number): void => {
    if (finished || left) return
    if (does === 'limit') {
      if (!liveLimit) return
      limit = to
      order.push(`limit ${to}`)
      note({ type: 'limit', limit })
      limits.next(limit)
    } else if (does === 'abort') {
      // Two stops at one moment: which of them came first would be anybody's guess.
      if (controller.signal.aborted || now() >= (plan.timeoutMs ?? Infinity)) return
      order.push('abort')
      note({ type: 'signal', message: 'enough' })
      controller.abort(new Error('enough'))
    } else {
      left = true
      order.push('leave')
      note({ type: 'left' })
      leaving.next()
    }
  }

  const see = (event: BatchEvent): void => {
    note({ type: 'told', event })
    if (event.type === 'run-finished') finished = true
    for (const { at, does, limit: to } of interferences) if (at === told) interfere(does, to)
    told++
  }

  const endBody = (id: string, end: BodyEnd): void => {
    note({ type: 'body-ended', id, end, now: now() })
    if (end.type === 'gave') held.succeed(id, end.value)
    else if (end.type === 'threw') held.fail(id, end.error as { readonly message: string }) // Made below.
  }

  const { registry, undos } = scriptedOperations({ held, bodies, note, now })

  const passTo = (time: number): void => {
    order.push(`time ${time}`)
    scheduler.maxFrames = time
    scheduler.flush()
    scheduler.frame = time
  }
  const nextTimer = (): number | undefined => scheduler.actions.map(({ delay }) => delay).sort((a, b) => a - b)[0]

  return {
    transcript,
    order,
    isOver: () => finished || left,

    /** Unless a timer is due at this very moment. */
    noteQuiet(): void {
      if ((nextTimer() ?? Infinity) > now()) note({ type: 'quiet', now: now() })
    },

    begin(): void {
      const options = { operations: registry, scheduler, graceMs, cleanupMs, seed, signal: controller.signal }
      // An operator, since the run may tell its first events before there is a subscription to end.
      runBatch({ ...plan }, liveLimit ? { ...options, concurrency: limits } : options)
        .pipe(takeUntil(leaving))
        .subscribe({
          next: see,
          // A defect of the library: nothing else comes here.
          error: (defect: unknown) => order.push(`DEFECT ${String(defect)}`),
        })
    },

    /** Does one thing, picked by a number; false when there is nothing left to do and the run stands still. */
    act(choice: number): boolean {
      const [kind, pick] = [choice % 20, Math.floor(choice / 20)]
      const running = held.running()
      const timer = nextTimer()
      if (kind === 19 && liveLimit) interfere('limit', pick % 6)
      else if (kind === 18 && timer !== undefined && timer > now() + 1) passTo(now() + 1 + (pick % Math.ceil(timer - now() - 1)))
      else if (kind >= 14 && timer !== undefined) passTo(timer)
      else if (undos.length > 0) {
        const [picked] = undos.splice(pick % undos.length, 1)
        order.push(`undo ${picked!.id}`)
        picked!.end(kind < 9)
      } else if (running.length > 0) {
        const id = running[pick % running.length]!
        order.push(`${kind < 9 ? 'succeed' : kind < 13 ? 'fail' : 'break'} ${id}`)
        if (kind < 9) endBody(id, { type: 'gave', value: { n: choice, paths: pick % 2 === 0 ? ['a', 'd/x'] : ['d'] } })
        else endBody(id, { type: 'threw', error: { type: 'thrown', message: `${id} failed`, retryable: kind < 13 } })
      } else if (timer !== undefined) passTo(timer)
      else if (limit < plan.concurrency && liveLimit) interfere('limit', plan.concurrency)
      else return false
      return true
    },

    /** Ends what still runs after the end: bodies that ignored their abort. */
    end(): void {
      this.noteQuiet()
      for (const id of held.running()) endBody(id, { type: 'gave', value: 'late' })
    },

    close(): void {
      const listeners = getEventListeners(controller.signal, 'abort').length + (limits.observed ? 1 : 0)
      note({ type: 'over', timers: scheduler.actions.length, listeners })
    },
  }
}
