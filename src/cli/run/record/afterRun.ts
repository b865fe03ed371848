import type { CompiledPlan } from '../../../model/graph.js'
import type { TerminalEvent } from '../../../model/event.js'
import type { Summary } from '../../../model/summary.js'
import type { HistoryEntry } from '../../../journal/history/historyEntry.js'
import { tokenTable } from '../../../monitor/tokens/tokenTable.js'
import { againstBaseline, type NamedBaseline } from '../../baseline/againstBaseline.js'
import type { Verdict } from '../../compare/gate.js'
import type { Paint } from '../../../terminal/text/paint.js'
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
  readonly plan: unknown
  readonly summary: Summary
  readonly entry: HistoryEntry | undefined
  readonly ends: ReadonlyMap<string, TerminalEvent>
  /** Only to count tokens by. */
  readonly compiled: CompiledPlan | undefined
  readonly baseline: NamedBaseline | undefined
}

export async function afterRun({ plan, summary, entry, ends, compiled, baseline }: RanPlan, paint: Paint): Promise<AfterRun> {
  const compared = entry && baseline && againstBaseline(baseline, entry, paint)
  const tokens = compiled && tokenTable(tokenPlanOf(plan, compiled.graph, ends), { tokenizer: await bestTokenizer() })
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
