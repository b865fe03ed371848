import type { BatchEvent, OperationCancelled, UndoFailed } from '../../../model/event.js'
import { isTerminal } from '../../../model/isTerminal.js'
import type { CancelCause, SkipReason } from '../../../model/outcome.js'
import { addEnd, closingList, type ClosingList } from './closingList.js'

/** The first few of many ids. */
export interface Sample {
  total: number
  readonly ids: string[]
}

/** What a report tells beyond the summary: names, a few of each kind. */
export interface ReportDetails {
  readonly skipped: Readonly<Record<SkipReason, Sample>>
  readonly cancelled: Sample
  /** The first few that the time limit of the run stopped, whose programs had written something. */
  readonly stopped: OperationCancelled[]
  cancelCause: CancelCause | undefined
  /** Succeeded by their `fallback`. */
  readonly recovered: Sample
  /** The first few that could not be undone, and why. */
  readonly undoFailures: UndoFailed[]
  /** Skipped, by the failed operation they needed. */
  readonly blockedBy: Map<string, Sample>
  readonly ran: ClosingList
}

const keptIds = 5
const keptUndoFailures = 20
const keptCauses = 1_000

export function reportDetails(): ReportDetails {
  return {
    skipped: { dependency: sample(), gate: sample(), policy: sample() },
    cancelled: sample(),
    stopped: [],
    cancelCause: undefined,
    recovered: sample(),
    undoFailures: [],
    blockedBy: new Map(),
    ran: closingList(),
  }
}

/** Takes one event into the details, in place. */
export function addToDetails(into: ReportDetails, event: BatchEvent): void {
  if (isTerminal(event)) addEnd(into.ran, event)
  if (event.type === 'operation-skipped') {
    add(into.skipped[event.reason], event.condition === undefined ? event.id : `${event.id} (${event.condition})`)
    // Each is told once: of two causes the first has it.
    const [cause] = event.because
    if (event.reason === 'dependency' && cause !== undefined) add(blocked(into, cause), event.id)
  } else if (event.type === 'operation-cancelled') {
    into.cancelCause ??= event.cause
    add(into.cancelled, event.id)
    if (event.output !== undefined && event.cause.type === 'run-timeout' && into.stopped.length < keptIds) into.stopped.push(event)
  } else if (event.type === 'operation-succeeded' && event.recoveredFrom !== undefined) add(into.recovered, event.id)
  else if (event.type === 'undo-failed' && into.undoFailures.length < keptUndoFailures) into.undoFailures.push(event)
}

function blocked(into: ReportDetails, id: string): Sample {
  const known = into.blockedBy.get(id)
  if (known !== undefined) return known
  const fresh = sample()
  // Beyond the root causes a summary lists, nobody asks.
  if (into.blockedBy.size < keptCauses) into.blockedBy.set(id, fresh)
  return fresh
}

function sample(): Sample {
  return { total: 0, ids: [] }
}

function add(to: Sample, id: string): void {
  to.total += 1
  if (to.ids.length < keptIds) to.ids.push(id)
}
