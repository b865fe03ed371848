import type { Advice } from '../../monitor/advice/advice.js'
import { scoreAdvice } from '../../monitor/advice/scoreAdvice.js'
import type { RunRecord } from '../../monitor/history/runRecord.js'
import type { HistoryEntry, ScoredAdvice } from './historyEntry.js'

/** What the runs of a history advised, as far as a later run says anything about it. */
export interface GivenAdvice {
  /** Takes the next entry. */
  readonly add: (entry: HistoryEntry) => void
  /** What a run says about the advice that earlier ones gave: about the latest of each kind, and only once. */
  readonly scoresBy: (run: RunRecord) => readonly ScoredAdvice[]
}

interface Given {
  readonly runId: string
  readonly advice: Advice
}

/** Holds the latest advice of each kind alone, by the shape of its run: what a score costs does not grow with the history. */
export function givenAdvice(entries: Iterable<HistoryEntry> = []): GivenAdvice {
  const scores = new Set<string>()
  const latest = new Map<string, Map<string, Given>>()

  const add = ({ run: { runId }, advice, scored }: HistoryEntry): void => {
    for (const score of scored) scores.add(`${score.runId} ${score.id}`)
    // From the last one on: read backwards, a map then has the latest run first, and what it advised in its order.
    for (const one of advice.toReversed()) {
      const { shape } = one.conditions
      const kinds = latest.get(shape) ?? new Map<string, Given>()
      latest.set(shape, kinds)
      const kind = JSON.stringify([one.id, one.conditions])
      kinds.delete(kind)
      kinds.set(kind, { runId, advice: one })
    }
  }
  for (const entry of entries) add(entry)
  return {
    add,
    // No run tests the advice given for another shape.
    scoresBy: (run) =>
      [...(latest.get(run.shape)?.values() ?? [])].reverse().flatMap(({ runId, advice }): readonly ScoredAdvice[] => {
        if (scores.has(`${runId} ${advice.id}`)) return []
        const score = scoreAdvice(advice, run)
        return score === 'not-tested' ? [] : [{ runId, id: advice.id, score }]
      }),
  }
}
