import type { HistoryEntry } from '../../journal/history/historyEntry.js'
import type { Advice } from '../../monitor/advice/advice.js'
import { table } from '../../terminal/text/table.js'

/** How often one kind of advice was given, and what later runs said of it. */
export interface AdviceScores {
  readonly id: Advice['id'] | 'all'
  readonly given: number
  /** By a later run under the conditions the advice was given for. */
  readonly checked: number
  readonly right: number
}

/** Each kind of advice that makes a prediction, in the order first given, then all of them. */
export function adviceScores(entries: readonly HistoryEntry[]): readonly AdviceScores[] {
  const given = entries.flatMap(({ advice }) => advice.filter(({ predicted }) => predicted !== undefined))
  const scored = entries.flatMap(({ scored }) => scored)
  const of = (id: AdviceScores['id']): AdviceScores => {
    const about = <A extends { readonly id: string }>(all: readonly A[]): readonly A[] => all.filter((one) => id === 'all' || one.id === id)
    return {
      id,
      given: about(given).length,
      checked: about(scored).length,
      right: about(scored).filter(({ score }) => score === 'hit').length,
    }
  }
  return given.length === 0 ? [] : [...new Set(given.map(({ id }) => id)), 'all' as const].map(of)
}

export function adviceText(scores: readonly AdviceScores[]): readonly string[] {
  if (scores.length === 0) return ['No later run has checked any advice yet.']
  return table<AdviceScores>(
    [
      { title: 'advice', text: ({ id }) => id },
      { title: 'given', text: ({ given }) => String(given), right: true },
      { title: 'checked', text: ({ checked }) => String(checked), right: true },
      { title: 'right', text: ({ right }) => String(right), right: true },
      { title: 'hit rate', text: ({ checked, right }) => (checked === 0 ? '-' : `${Math.round((100 * right) / checked)} %`), right: true },
    ],
    scores,
  )
}
