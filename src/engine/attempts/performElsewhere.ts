import { encodedParams, encodedUndo, placeableType, type EncodedParams } from '../../graph/operations/encodedParams.js'
import { isRepeatable } from '../../graph/operations/isRepeatable.js'
import { decodedResult } from '../../graph/operations/decodedResult.js'
import type { CompiledOperation, Results } from '../../model/graph.js'
import type { PlacedAttempt, PlacedContext, PlacedOperation, Performer } from '../../model/performer.js'
import type { TraceContext } from '../../model/text/traceIds.js'
import type { AttemptContext, Work } from '../../model/work.js'
import type { EventWriter } from '../events/eventWriter.js'
import type { Redaction } from '../secrets/redaction.js'
import type { Turns } from '../time/turns.js'
import type { Attempt } from './attempt.js'

/** Attempts and undos that are performed in another process, by the performer of the run. */
export interface Elsewhere {
  /** Whether this operation is performed elsewhere. */
  takes(operation: CompiledOperation): boolean
  perform(attempt: Attempt, results: Results): Work<unknown>
  /** Takes an operation back where it was done; undefined where that is done here. */
  undo(operation: CompiledOperation, context: Pick<AttemptContext, 'signal' | 'redact'>, results: Results): PromiseLike<unknown> | undefined
}

export interface ElsewhereParts {
  readonly runId: string
  readonly trace: TraceContext | undefined
  readonly redaction: Pick<Redaction, 'secretsFor'>
  readonly now: () => number
  readonly turns: Turns
  readonly write: EventWriter
}

export function performElsewhere(performer: Performer, { runId, trace, redaction, now, turns, write }: ElsewhereParts): Elsewhere {
  const asked = (operation: CompiledOperation): PlacedOperation | undefined => {
    const operationType = placeableType(operation)
    if (operationType === undefined) return undefined
    const { id, place } = operation
    const placed = { id, type: operationType.type, operation: operationType.operation, ...(place !== undefined && { place }) }
    return performer.takes(placed) ? placed : undefined
  }

  const attemptOf = (
    operation: CompiledOperation,
    attempt: number | 'undo',
    { operationType, params }: EncodedParams,
    timeoutMs: number | undefined,
  ): PlacedAttempt => ({
    key: `${runId}/${operation.id}/${attempt}`,
    runId,
    id: operation.id,
    attempt: attempt === 'undo' ? 1 : attempt,
    type: operationType.type,
    operation: operationType.operation,
    ...(operation.place !== undefined && { place: operation.place }),
    params,
    secrets: redaction.secretsFor(params),
    ...(trace !== undefined && { trace }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    // An undo that may have been done halfway is not begun again by itself.
    repeatable: attempt !== 'undo' && isRepeatable(operation),
  })

  // No async function: a performer that answers at once is heard at once.
  const perform = (attempt: PlacedAttempt, { operationType }: EncodedParams, context: PlacedContext): PromiseLike<unknown> =>
    performer.perform(attempt, context).then((encoded) => decodedResult(operationType, encoded))

  return {
    takes: (operation) => asked(operation) !== undefined,

    perform(attempt, results) {
      const { operation } = attempt
      const given = encodedParams(operation, attempt, results)
      attempt.enqueue()
      const placed = (worker: string): void =>
        turns.take(() => {
          const queuedMs = attempt.leaveQueue()
          if (queuedMs !== undefined)
            write.attemptPlaced(attempt.slot.events, now(), attempt.index, operation, attempt.attempt, worker, queuedMs)
        })
      const { signal, output, progress, emit, room } = attempt
      return perform(attemptOf(operation, attempt.attempt, given, operation.timeoutMs), given, {
        signal,
        output,
        progress,
        emit,
        room,
        placed,
      })
    },

    undo(operation, context, ofItself) {
      if (asked(operation) === undefined) return undefined
      const given = encodedUndo(operation, context, ofItself)
      if (given === undefined) return undefined
      return perform(attemptOf(operation, 'undo', given, operation.undo?.timeoutMs), given, { signal: context.signal, ...unheard })
    },
  }
}

// The operations have all ended: an undo tells only whether it worked, and why not.
const unheard = {
  output: (): void => undefined,
  progress: (): void => undefined,
  emit: (): void => undefined,
  room: (): undefined => undefined,
  placed: (): void => undefined,
}
