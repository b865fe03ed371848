import type { CompiledPlan } from '../../../model/graph.js'
import type { TerminalEvent } from '../../../model/event.js'
import type { Summary } from '../../../model/summary.js'
import type { HistoryEntry } from '../../../journal/history/historyEntry.js'
import { tokenTable, type TokenTable } from '../../../monitor/tokens/tokenTable.js'
import type { TokenPlan } from '../../../monitor/tokens/tokenPlan.js'
import { readHistory } from '../../../journal/history/historyFile.js'
import type { RunRecord } from '../../../monitor/history/runRecord.js'
import { fewestValues } from '../../../monitor/statistics/change.js'
import { againstBaseline, type NamedBaseline } from '../../baseline/againstBaseline.js'
import type { Verdict } from '../../comparison/gate.js'
import { latestLike, mostRuns } from '../../comparison/side.js'
import type { Paint } from '../../../terminal/text/paint.js'
import { serverAnswer } from '../tokens/serverAnswer.js'
import { tokenLines } from '../tokens/tokenLines.js'
import { bestTokenizer } from '../tokens/tokenizerOf.js'
import { tokenPlanOf } from '../tokens/tokenPlanOf.js'
import { adviceLines } from './adviceLines.js'

/** What is told of a finished run beyond its report. */
export interface AfterRun {
  readonly lines: readonly string[]
  /** The same for `--json`, as further fields of its document. */
  readonly document: { readonly tokens?: object; readonly comparison?: object }
  /** What the run is beside its baseline; undefined when there is none, or the two cannot be compared. */
  readonly verdict: Verdict | undefined
}

/** What a finished run was. */
export interface RanPlan {
  readonly root: string
  readonly plan: unknown
  readonly summary: Summary
  readonly entry: HistoryEntry | undefined
  readonly ends: ReadonlyMap<string, TerminalEvent>
  /** Only to count tokens by. */
  readonly compiled: CompiledPlan | undefined
  readonly baseline: NamedBaseline | undefined
  /** Of a command that ran it several times: how often up to now. */
  readonly repeated: number
}

export async function afterRun(
  { root, plan, summary, entry, ends, compiled, baseline, repeated }: RanPlan,
  paint: Paint,
): Promise<AfterRun> {
  const compared = entry && baseline && againstBaseline(baseline, await laterRuns(root, entry, baseline, repeated), paint)
  const tokens = compiled && (await tokensOf(tokenPlanOf(plan, compiled.graph, ends), ends, summary))
  return {
    lines: [
      ...(entry ? adviceLines(entry, summary.stoppedBy !== undefined, paint) : []),
      ...(compared?.lines ?? []),
      ...(tokens ? tokenLines(tokens, paint) : []),
    ],
    document: { ...(tokens && { tokens }), ...(compared && { comparison: compared.document }) },
    verdict: compared?.verdict,
  }
}

/** A batch is answered by one text: it has no other form. */
async function tokensOf(plan: TokenPlan, ends: ReadonlyMap<string, TerminalEvent>, summary: Summary): Promise<TokenTable> {
  const { rows, ...table } = tokenTable(plan, { tokenizer: await bestTokenizer(), batchAnswer: serverAnswer(plan, ends, summary) })
  return { ...table, rows: rows.filter(({ row, form }) => form === 'text' || !row.startsWith('batch')) }
}

/** The run and the latest like it since its baseline: those of this command alone, where they are enough. */
async function laterRuns(root: string, { run }: HistoryEntry, { runs }: NamedBaseline, repeated: number): Promise<readonly RunRecord[]> {
  const { entries } = await readHistory(root)
  const index = entries.findLastIndex((entry) => entry.run.runId === run.runId)
  return index === -1 ? [run] : latestLike(entries, index, repeated >= fewestValues ? repeated : mostRuns, runs)
}
