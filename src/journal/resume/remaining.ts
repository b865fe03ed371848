import * as E from 'fp-ts/lib/Either.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import { pipe } from 'fp-ts/lib/function.js'
import { compilePlan } from '../../graph/compilePlan.js'
import type { Known } from '../../model/known.js'
import type { OperationRegistry } from '../../model/operationType.js'
import { decide } from './decision.js'
import type { ResumeChoices } from './resumeChoices.js'
import type { ResumeFault, ResumeKind } from './resumeFault.js'
import type { RunState } from './runState.js'

/** How a run is resumed. */
export interface RemainingOptions extends ResumeChoices {
  /** The operation types the plan can use. */
  readonly operations?: OperationRegistry
}

/**
 * Decides which outcomes of an earlier run a new run of the same plan can reuse. Pass them as `RunOptions.known`, and the new run does the
 * rest.
 *
 * `resume` runs what was interrupted, cancelled or never started, and keeps failures; `retry` also runs what failed and what was skipped
 * because of it. A `Left` holds every reason why that is not possible; nothing has run then.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { operation, runBatch } from 'millrace'
 * import { fileJournal, readRunState, remaining } from 'millrace/node'
 * const done: string[] = []
 * const one = operation('one', () => done.push('one'))
 * const two = operation('two', { one }, () => (done.length > 1 ? 'well' : Promise.reject(new Error(`${done.push('two')}`))))
 * const first = await lastValueFrom(runBatch([one, two], { journal: fileJournal() }))
 * const state = await readRunState(`.millrace/runs/${first.runId}`)
 * if (state._tag === 'Right') {
 *   const known = remaining([one, two], state.right, 'retry')
 *   if (known._tag === 'Right') {
 *     const journal = fileJournal({ resumes: { run: state.right, known: known.right } })
 *     await lastValueFrom(runBatch([one, two], { journal, known: known.right }))
 *   }
 * }
 * done // => ['one', 'two']
 * ```
 * @see {@link describeResumeFault} for the text of a reason
 * @since 0.1.0
 */
export function remaining(
  plan: unknown,
  state: RunState,
  kind: ResumeKind,
  { operations = new Map(), ...choices }: RemainingOptions = {},
): E.Either<NonEmptyArray<ResumeFault>, Known> {
  return pipe(
    compilePlan(plan, operations),
    E.mapLeft((faults): NonEmptyArray<ResumeFault> => [{ type: 'plan', faults }]),
    E.chain((compiled) => decide(compiled, state, kind, choices)),
    E.map(({ known }) => known),
  )
}
