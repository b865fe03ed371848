import type { MonoTypeOperatorFunction } from 'rxjs'
import type { BatchEvent, OperationSucceeded } from '../../model/event.js'
import type { Redaction } from '../secrets/redaction.js'
import { into } from '../stream/into.js'

/**
 * The second net: no event shows a secret, whatever an operation gave back. Values passed between operations are never altered.
 *
 * Every run has it, since any value may hold a field with a secret name. An event without secrets goes on as it is.
 */
export function redactEvents(redaction: Redaction): MonoTypeOperatorFunction<BatchEvent> {
  return into((event, out) => out.next(redacted(event, redaction)))
}

function redacted(event: BatchEvent, redaction: Redaction): BatchEvent {
  switch (event.type) {
    case 'run-started':
    case 'operation-added':
    case 'operation-ready':
    case 'attempt-started':
    case 'attempt-placed':
    case 'process-started':
    case 'operation-undone':
    case 'pool-closed':
    case 'operation-output': // Masked where it was given out, since its end is held back while it may begin a secret.
      return event
    case 'operation-progress':
      return event.message === undefined ? event : { ...event, message: redaction.clean(event.message) }
    case 'operation-skipped':
      return event.condition === undefined ? event : { ...event, condition: redaction.clean(event.condition) }
    case 'operation-emitted':
      return { ...event, data: redaction.clean(event.data) }
    case 'operation-succeeded':
      return success(event, redaction.clean(event.value))
    case 'attempt-failed':
    case 'operation-failed':
    case 'undo-failed':
    case 'journal-failed':
      return { ...event, error: redaction.cleanError(event.error) }
    case 'operation-cancelled':
      return { ...event, cause: redaction.cleanCause(event.cause) }
    case 'run-finished':
      return { ...event, summary: redaction.cleanSummary(event.summary) }
  }
}

// Nearly always it is the very same value.
function success(event: OperationSucceeded, value: unknown): BatchEvent {
  return Object.is(value, event.value) ? event : { ...event, value, masked: true }
}
