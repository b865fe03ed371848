import type { ServedBatch } from '../batches/batch.js'
import type { OutcomeCounts, Summary } from '../../model/summary.js'
import type { TerminalEvent } from '../../model/event.js'
import { showPath } from './form/label.js'

/** Counts of outcomes, what went wrong first: `1 of 7 failed, 2 skipped, 4 succeeded`; kinds that did not occur are not named. */
export function countsText({ total, failed, cancelled, skipped, succeeded }: OutcomeCounts, good: boolean): string {
  const kinds = good
    ? ([
        ['succeeded', succeeded],
        ['skipped', skipped],
        ['failed', failed],
        ['cancelled', cancelled],
      ] as const)
    : ([
        ['failed', failed],
        ['cancelled', cancelled],
        ['skipped', skipped],
        ['succeeded', succeeded],
      ] as const)
  const [first, ...others] = kinds.filter(([, count]) => count > 0)
  if (first === undefined) return `0 of ${total} succeeded`
  return [`${first[1]} of ${total} ${first[0]}`, ...others.map(([kind, count]) => `${count} ${kind}`)].join(', ')
}

/** The result of a rollback. */
export function rollbackText({ rollback }: Summary): string {
  if (rollback === undefined) return ''
  const left = [...rollback.failed, ...rollback.notUndoable]
  return `; rolled back: ${rollback.undone} undone${left.length > 0 ? `, not undone: ${fewNames(left)}` : ''}`
}

const mostNames = 20

export function fewNames(ids: readonly string[]): string {
  const shown = ids.slice(0, mostNames).map(showPath).join(', ')
  return ids.length > mostNames ? `${shown} and ${ids.length - mostNames} more` : shown
}

/** Outcomes of the operations that a plan has, as its caller counts them: without the parts of which some consist. */
export function plannedCounts({ operations, ends }: Pick<ServedBatch, 'operations' | 'ends'>): OutcomeCounts {
  const counts = countsSoFar(operations.length, ends.values())
  // What has no end was never begun before the batch was stopped.
  const { total, failed, skipped, succeeded } = counts
  return { ...counts, cancelled: total - failed - skipped - succeeded }
}

/** Outcomes so far of a batch that has not finished. */
export function countsSoFar(total: number, ends: Iterable<TerminalEvent>): OutcomeCounts {
  const counts = { total, succeeded: 0, failed: 0, skipped: 0, cancelled: 0 }
  for (const { type, parent } of ends) {
    if (parent !== undefined) continue
    const kind = (
      {
        'operation-succeeded': 'succeeded',
        'operation-failed': 'failed',
        'operation-skipped': 'skipped',
        'operation-cancelled': 'cancelled',
      } as const
    )[type]
    counts[kind]++
  }
  return counts
}

const mostNotes = 10

/** The second line of an answer, where its call was not read as it stood; else nothing. */
export function readAsMeant(notes: readonly string[]): string {
  if (notes.length === 0) return ''
  const more = notes.length > mostNotes ? ` and ${notes.length - mostNotes} more` : ''
  return `\nRead as meant: ${notes.slice(0, mostNotes).join(', ')}${more}`
}

/** What a dry run says of the user. */
export interface ConfirmWish {
  /** Operations that the user will be asked to confirm. */
  readonly toConfirm: readonly string[]
  /** Whether this client can ask its user. */
  readonly canAsk: boolean
}

export function confirmText({ toConfirm, canAsk }: ConfirmWish): string {
  if (toConfirm.length === 0) return ''
  const ids = fewNames([...new Set(toConfirm)])
  return canAsk
    ? ` The user will be asked first to confirm: ${ids}.`
    : ` It would not run from this client, which cannot ask its user to confirm: ${ids}.`
}
