import type { Known } from '../../model/known.js'
import type { OnFailure } from '../../model/plan.js'
import type { Children } from '../attempts/children.js'
import type { Retries } from '../attempts/retries.js'
import type { UndoBook } from '../attempts/undoBook.js'
import type { JournalWrites } from '../events/journalWrites.js'
import type { Ended, Gates } from '../gates/gates.js'
import type { OperationTable } from '../operations/operationTable.js'
import { stopAfterFailure } from '../stop/stopRules.js'
import type { Stops } from '../stop/stops.js'

export interface EndedParts {
  readonly operations: OperationTable
  readonly retries: Retries
  readonly children: Children
  readonly undoBook: UndoBook | undefined
  readonly journal: JournalWrites | undefined
  readonly gates: Gates
  readonly stops: Stops
  readonly onFailure: OnFailure
  readonly known: Known | undefined
}

/** An operation has ended, and its event has been delivered: what follows for those that wait for it, and for the run. */
export function operationEnded({ operations, retries, children, undoBook, journal, gates, stops, onFailure, known }: EndedParts) {
  const throughGates =
    journal?.holdsGates === true
      ? (ended: Ended): void =>
          journal.after(() => {
            gates.next(ended)
            gates.open()
          })
      : (ended: Ended): void => gates.next(ended)

  return (ended: Ended): void => {
    const { index, operation, outcome } = ended
    operations.ended()
    const reused = known !== undefined && known.has(operation.id)
    if (reused) undoBook?.reused(operation, outcome)
    undoBook?.settled(operation, outcome)
    retries.forget(index)
    if (children.ended(index, outcome)) operations.remove(index)
    // The log of the run that this one resumes holds it already.
    else if (reused) gates.next(ended)
    else throughGates(ended)
    // What failed in the run that this one resumes has stopped that.
    if (outcome.type === 'failed' && !reused) {
      const stop = stopAfterFailure(onFailure, operation.id)
      if (stop !== undefined) stops.run(stop)
    }
    // Not before the run has been stopped: what a failure stops does not become ready.
    gates.open()
  }
}
