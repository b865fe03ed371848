import { map, type MonoTypeOperatorFunction } from 'rxjs'
import type { BatchEvent, OperationSucceeded } from '../../model/event.js'
import type { Redaction } from '../secrets/redaction.js'

/** The second net: no event shows a secret, whatever an operation gave back. Values passed between operations are never altered. */
export function redactEvents(redaction: Redaction): MonoTypeOperatorFunction<BatchEvent> {
  return map((event) => redacted(event, redaction))
}

function success(event: OperationSucceeded, value: unknown): BatchEvent {
  // Nearly always it is the very same.
  return Object.is(value, event.value) ? event : { ...event, value, masked: true }
}

function redacted(event: BatchEvent, redaction: Redaction): BatchEvent {
  switch (event.type) {
    case 'run-started':
    case 'operation-added':
    case 'operation-ready':
    case 'attempt-started':
    case 'process-started':
    case 'operation-skipped':
    case 'operation-undone':
    case 'operation-output': // Masked where it was given out, since its end is held back while it may begin a secret.
      return event
    case 'operation-progress':
      return event.message === undefined ? event : { ...event, message: redaction.clean(event.message) }
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
