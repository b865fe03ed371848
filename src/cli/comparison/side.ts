// cli/comparison: the two sides of a comparison of runs, its words and its gate.
import * as E from 'fp-ts/lib/Either.js'
import { readBaseline } from '../../journal/history/baselines.js'
import type { HistoryEntry } from '../../journal/history/historyEntry.js'
import { differences } from '../../monitor/history/comparable.js'
import type { RunRecord } from '../../monitor/history/runRecord.js'
import { runReference } from '../pastRuns/runReference.js'

/** The runs that stand on one side of a comparison. */
export interface Side {
  /** As it was named. */
  readonly name: string
  /** Oldest first. */
  readonly runs: readonly RunRecord[]
}

/** As many runs as a comparison takes of each side where nobody says how many: more make it surer, and old ones tell little. */
export const mostRuns = 20

/** A run of the history and the latest like it before it, `most` in all: none of those of `other` side, and none before the last of it. */
export function latestLike(
  entries: readonly HistoryEntry[],
  index: number,
  most: number = mostRuns,
  other: readonly RunRecord[] = [],
): readonly RunRecord[] {
  const named = entries[index]!.run
  const taken = new Set(other.map(({ runId }) => runId))
  const last = Math.max(-Infinity, ...other.map(({ startedAt }) => startedAt))
  const from = named.startedAt > last ? last : -Infinity
  const before = entries
    .slice(0, index)
    .flatMap(({ run }) => (differences(run, named).length === 0 && !taken.has(run.runId) && run.startedAt > from ? [run] : []))
  return [...before.slice(before.length - Math.min(before.length, most - 1)), named]
}

/** The runs that a name on the command line means: a baseline's, or some of the history. */
export async function sideOf(
  name: string,
  root: string,
  entries: readonly HistoryEntry[],
  most: number | undefined,
  other?: readonly RunRecord[],
): Promise<E.Either<string, Side>> {
  const baseline = await readBaseline(root, name)
  if (baseline !== undefined) return E.right({ name, runs: baseline.runs })
  const found = runReference(name, entries)
  return found._tag === 'Left' ? found : E.right({ name, runs: latestLike(entries, found.right, most, other) })
}
