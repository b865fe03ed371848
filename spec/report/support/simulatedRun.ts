import { concatMap, of, throwError, timer, VirtualTimeScheduler } from 'rxjs'
import * as assert from 'uvu/assert'
import { runCompiled } from '../../../src/engine/runCompiled.js'
import { compilePlan } from '../../../src/graph/compilePlan.js'
import { aboutRun } from '../../../src/journal/aboutRun.js'
import { closed } from '../../../src/model/codec/closed.js'
import { array } from '../../../src/model/codec/collections.js'
import { anyJson, boolean, finiteNumber, integer, text } from '../../../src/model/codec/values.js'
import type { BatchEvent } from '../../../src/model/event.js'
import { describeFault } from '../../../src/model/fault/describeFault.js'
import { operationRegistry, type AnyOperationType, type OperationType } from '../../../src/model/operationType.js'
import type { ReportAbout } from '../../../src/report/picture/reportAbout.js'

/** What one operation of such a plan does. */
export interface Simulated {
  readonly ms: number
  /** Its first attempts that fail. */
  readonly fails?: number
  readonly error?: string
  readonly says?: readonly string[]
  readonly ignoresAbort?: boolean
  readonly uses?: number
}

export interface RecordedRun {
  readonly events: readonly BatchEvent[]
  readonly about: ReportAbout
}

const Params = closed(
  'params',
  { ms: finiteNumber({ minimum: 0 }) },
  { fails: integer({ minimum: 0 }), error: text(), says: array(text()), ignoresAbort: boolean, uses: integer({ minimum: 0 }) },
)

/** Types `sim.<name>` whose attempts take virtual time. */
function simulatedTypes(names: readonly string[], scheduler: VirtualTimeScheduler): readonly AnyOperationType[] {
  return names.map((operation): OperationType<Simulated, unknown> => ({
    type: 'sim',
    operation,
    summary: 'Takes a while.',
    params: Params,
    result: anyJson,
    effects: () => ({}),
    perform: ({ ms, fails = 0, error = 'It failed.', says = [], ignoresAbort = false, uses }, { attempt, output, emit }) => {
      for (const said of says) output('stdout', said)
      if (uses !== undefined) emit('usage', { inputTokens: uses, outputTokens: 1, costUsd: 0.01 })
      // Leaving an observable ends it; a promise goes on.
      if (ignoresAbort) return new Promise(() => undefined)
      return timer(ms, scheduler).pipe(concatMap(() => (attempt <= fails ? throwError(() => new Error(error)) : of(ms))))
    },
  }))
}

/**
 * Runs a plan in virtual time, with the engine as it is: what comes out is what a log of such a run has. Its operations are of the types
 * `sim.*` that it names. `stopAt` aborts it, in ms.
 */
export function simulatedRun(
  plan: { readonly operations: readonly object[] } & Readonly<Record<string, unknown>>,
  stopAt?: number,
): RecordedRun {
  const scheduler = new VirtualTimeScheduler(undefined, Infinity)
  const names = new Set(plan.operations.map((operation) => String((operation as { readonly type?: string }).type).replace('sim.', '')))
  const compiled = compilePlan(plan, operationRegistry(simulatedTypes([...names], scheduler)))
  if (compiled._tag === 'Left') return assert.unreachable(compiled.left.map(describeFault).join('\n')) as never
  const events: BatchEvent[] = []
  const stop = new AbortController()
  const run = runCompiled(compiled.right, { scheduler, signal: stop.signal, runId: 'run-of-the-spec', seed: 1 })
  run.subscribe((event) => events.push(event))
  if (stopAt !== undefined) scheduler.schedule(() => stop.abort(new Error('the run was interrupted (SIGINT)')), stopAt)
  scheduler.flush()
  return { events, about: { ...aboutRun(compiled.right), plan: 'plan.yaml' } }
}
