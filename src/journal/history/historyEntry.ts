import * as t from 'io-ts'
import type { Advice } from '../../monitor/advice/advice.js'
import { RunRecord } from '../../monitor/history/runRecord.js'
import { valueOfJson } from '../log/textOfFile.js'

const AdviceId: t.Type<Advice['id'], string, unknown> = t.keyof({
  'limit-too-low': null,
  'critical-path': null,
  'wait-cause': null,
  'retry-waste': null,
  'timeout-too-tight': null,
  'nothing-batched': null,
  'too-few-to-gain': null,
  'success-rate-low': null,
} satisfies Record<Advice['id'], null>)

const AdviceEntry: t.Type<Advice, unknown, unknown> = t.readonly(
  t.intersection([
    t.type({
      id: AdviceId,
      claim: t.string,
      evidence: t.readonly(t.record(t.string, t.union([t.number, t.string]))),
      conditions: t.readonly(t.type({ shape: t.string, concurrency: t.number, cpus: t.number, nodeMajor: t.number })),
      check: t.string,
    }),
    t.partial({ predicted: t.readonly(t.type({ metric: t.string, low: t.number, high: t.number })) }),
  ]),
)

/** What a run says about advice that an earlier one gave. */
const ScoredAdvice = t.readonly(t.type({ runId: t.string, id: AdviceId, score: t.keyof({ hit: null, miss: null }) }))
export type ScoredAdvice = t.TypeOf<typeof ScoredAdvice>

/** One line of the history: a finished run, what it advised, and which earlier advice it bore out. */
export const HistoryEntry = t.intersection([
  t.readonly(t.type({ run: RunRecord, advice: t.readonlyArray(AdviceEntry), scored: t.readonlyArray(ScoredAdvice) })),
  t.readonly(t.partial({ /** The file the plan came from, as it was named. */ plan: t.string })),
])
export type HistoryEntry = t.TypeOf<typeof HistoryEntry>

/** Undefined for a line that is no entry of this version. */
export function entryOfLine(line: string): HistoryEntry | undefined {
  const decoded = HistoryEntry.decode(valueOfJson(line))
  return decoded._tag === 'Right' ? decoded.right : undefined
}

export function lineOfEntry(entry: HistoryEntry): string {
  return `${JSON.stringify(entry)}\n`
}
