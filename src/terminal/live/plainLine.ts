import type { BatchEvent, OperationSkipped } from '../../model/event.js'
import type { CancelCause } from '../../model/outcome.js'
import { count, thousands, listed } from '../text/count.js'
import { duration } from '../text/duration.js'
import type { Paint } from '../text/paint.js'
import type { ShowCommand } from './showCommand.js'
import { oneLine, visible } from '../text/visible.js'
import { clipWords } from '../text/width.js'

const longestMessage = 300

/**
 * The line an event makes where no live view can be: one for each start, each failed attempt that is tried again, each end. `show` is
 * absent where no log keeps the run.
 */
export function plainLine(event: BatchEvent, paint: Paint, show?: ShowCommand): string | undefined {
  switch (event.type) {
    case 'run-started': {
      const name = event.name === undefined ? 'This run' : visible(event.name)
      return `${name}: ${count(event.operations, 'operation')}, at most ${thousands(event.concurrency)} at once.`
    }
    case 'attempt-failed':
      if (event.retryInMs === undefined) return undefined
      return `${paint('caution', 'retry    ')} ${visible(event.id)}: attempt ${event.attempt} failed, the next in ${duration(event.retryInMs)}: ${message(event.error.message)}`
    case 'operation-succeeded': {
      const notes = [
        event.reusedFrom === undefined ? duration(event.durationMs) : 'reused',
        ...(event.attempts > 1 ? [`${event.attempts} attempts`] : []),
        ...(event.sharedWith === undefined ? [] : [`shared with ${visible(event.sharedWith)}`]),
        ...(event.recoveredFrom === undefined ? [] : [`its fallback value was used: ${message(event.recoveredFrom.message)}`]),
      ]
      return `${paint('good', 'ok       ')} ${visible(event.id)} (${notes.join(', ')})`
    }
    case 'operation-failed': {
      const details = show === undefined ? '' : paint('faint', `  Details: ${visible(show(event.runId, event.id))}`)
      return `${paint('bad', 'failed   ')} ${visible(event.id)} (${duration(event.durationMs)}${event.attempts > 1 ? `, ${event.attempts} attempts` : ''}): ${message(event.error.message)}${details}`
    }
    case 'operation-skipped':
      return `${paint('caution', 'skipped  ')} ${visible(event.id)}: ${skipWords(event)}`
    case 'operation-cancelled':
      return `${paint('caution', 'cancelled')} ${visible(event.id)}: ${cancelWords(event.cause)}`
    case 'operation-undone':
      return `${paint('caution', 'undone   ')} ${visible(event.id)}`
    case 'undo-failed':
      return `${paint('bad', 'not undone')} ${visible(event.id)}: ${message(event.error.message)}`
    case 'journal-failed':
      return `${paint('bad', 'event log')} could not be written: ${message(event.error.message)}`
    case 'pool-closed':
      return `${paint('caution', 'waiting  ')} ${visible(event.pool)} asks to wait ${duration(Math.max(0, event.until - event.at))}.`
    case 'operation-added':
    case 'operation-ready':
    case 'attempt-started':
    case 'operation-progress':
    case 'operation-output':
    case 'attempt-placed':
    case 'process-started':
    case 'operation-emitted':
    case 'run-finished':
      return undefined
  }
}

/** Why something was skipped, as half a sentence. */
export function skipWords({ reason, because: ids, condition }: OperationSkipped): string {
  const because = ids.map(visible)
  switch (reason) {
    case 'dependency':
      return `it needs ${listed(because, because.length, 3)}.`
    case 'gate':
      return condition === undefined ? 'its condition did not hold.' : `its condition did not hold: ${visible(condition)}.`
    case 'policy':
      return `no more operations start after ${because.length === 0 ? 'a failure' : `the failure of ${listed(because, because.length, 3)}`}.`
  }
}

/** Why something was cancelled, as half a sentence. */
export function cancelWords(cause: CancelCause): string {
  switch (cause.type) {
    case 'signal':
      return `${visible(cause.message)}.`
    case 'run-timeout':
      return `the run took longer than its ${duration(cause.timeoutMs)}.`
    case 'parent':
      return `${visible(cause.id)}, which it is part of, was stopped.`
    case 'service':
      return `${visible(cause.id)}, the service it depends on, has ended.`
    case 'policy':
      return `the run stops after the failure of ${listed(cause.because.map(visible), cause.because.length, 3)}.`
  }
}

// One event, one line: the whole text, with its line ends, comes in the report.
function message(text: string): string {
  return clipWords(oneLine(text), longestMessage)
}
