import type { OperatorFunction } from 'rxjs'
import * as E from 'fp-ts/lib/Either.js'
import { judgeGate } from '../../graph/edges/judgeGate.js'
import type { BatchEvent } from '../../model/event.js'
import type { CompiledCondition, CompiledOperation, Results } from '../../model/graph.js'
import type { Known, KnownOutcome } from '../../model/known.js'
import { operationErrorOf, type OperationError } from '../../model/operationError.js'
import type { SkipReason } from '../../model/outcome.js'
import type { EventOutput } from '../events/eventWriter.js'
import type { OperationTable } from '../operations/operationTable.js'
import type { Stops } from '../stop/stops.js'
import { into } from '../stream/into.js'
import type { Dependencies, RootCauses } from './dependencies.js'
import type { MakeReady } from './makeReady.js'

/** How an operation ends at its gate, without an attempt. */
export interface EndsAtGate {
  skip(out: EventOutput, index: number, operation: CompiledOperation, reason: SkipReason, because: RootCauses, condition?: string): void
  reuse(out: EventOutput, index: number, operation: CompiledOperation, known: KnownOutcome): void
  refuse(out: EventOutput, index: number, operation: CompiledOperation, error: OperationError): void
  share(out: EventOutput, index: number, operation: CompiledOperation, read: { readonly id: string; readonly value: unknown }): void
}

export interface GateParts {
  readonly operations: OperationTable
  readonly dependencies: Dependencies
  readonly stops: Stops
  readonly end: EndsAtGate
  readonly makeReady: MakeReady
  readonly known: Known | undefined
  readonly redact: (text: string) => string
}

/**
 * All that an operation waited for has ended. The rules, in this order: it may have ended in the run that this one resumes, its `when` and
 * its own condition decide whether it runs at all, an equal read may have been done for it, and else it becomes ready.
 */
export function openGates({
  operations,
  dependencies,
  stops,
  end,
  makeReady,
  known,
  redact,
}: GateParts): OperatorFunction<number, BatchEvent> {
  return into((index, out) => {
    const operation = operations.get(index)
    const before = known?.get(operation.id)
    if (before !== undefined) return end.reuse(out, index, operation, before)
    const verdict = judgeGate(operation.when, dependencies.sawFailure(index), dependencies.sawGate(index))
    if (verdict !== 'open') return end.skip(out, index, operation, verdict, dependencies.because(index))
    if (operation.condition !== undefined) {
      const unmet = unmetOf(operation.condition, dependencies.results, redact)
      if (unmet._tag === 'Left') return end.refuse(out, index, operation, unmet.left)
      if (unmet.right !== undefined) return end.skip(out, index, operation, 'gate', [], unmet.right)
    }
    const read = dependencies.sharedRead(index)
    if (read !== undefined && stops.of(operation) === undefined) return end.share(out, index, operation, read)
    makeReady(out, index, operation)
  })
}

/** Why a condition does not hold, if that can be told. */
function unmetOf(
  condition: CompiledCondition,
  results: Results,
  redact: GateParts['redact'],
): E.Either<OperationError, string | undefined> {
  return condition.type === 'unmet' ? E.right(condition.why) : E.tryCatch(() => condition.unmet(results, redact), operationErrorOf)
}
