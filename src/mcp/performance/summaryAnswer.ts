// mcp/performance: what the batches of a root came to, as measured.
import type { HistoryEntry } from '../../journal/history/historyEntry.js'
import { median } from '../../monitor/histogram/quantile.js'
import type { RunRecord } from '../../monitor/history/runRecord.js'
import { answer, type ToolAnswer } from '../answers/toolAnswer.js'
import { noRuns } from './noRuns.js'
import { hundredths } from './hundredths.js'

const shownTypes = 12
const shownAdvice = 3

/** What the runs came to together, and what the last one advises. Every figure is a sum or a median of what was measured. */
export function summaryAnswer(entries: readonly HistoryEntry[]): ToolAnswer {
  const last = entries.at(-1)
  if (last === undefined) return noRuns()
  const runs = entries.map(({ run }) => run)
  const sum = (of: (run: RunRecord) => number): number => runs.reduce((total, run) => total + of(run), 0)
  const operations = sum(({ counts }) => counts.total)
  const facts = {
    runs: runs.length,
    runsOk: runs.filter(({ ok }) => ok).length,
    operations,
    succeeded: sum(({ counts }) => counts.succeeded),
    failed: sum(({ counts }) => counts.failed),
    retries: sum(({ retries }) => retries),
    medianMakespanMs: hundredths(median(runs.map(({ makespanMs }) => makespanMs))),
    medianMeanConcurrency: hundredths(
      median(runs.filter(({ makespanMs }) => makespanMs > 0).map(({ workMs, makespanMs }) => workMs / makespanMs)),
    ),
    operationTypes: typesOf(runs).slice(0, shownTypes),
    advice: last.advice.slice(0, shownAdvice).map(({ claim, check }) => ({ claim, check })),
  }
  const text = [
    `${facts.runs} runs (${facts.runsOk} ok), ${operations} operations: ${facts.succeeded} succeeded, ${facts.failed} failed, ${facts.retries} retries.`,
    `Median makespan ${facts.medianMakespanMs} ms; median mean concurrency ${facts.medianMeanConcurrency}.`,
    ...facts.operationTypes.map(({ name, succeeded, meanMs }) => `  ${name}: ${succeeded} succeeded, ${meanMs} ms on average`),
    ...facts.advice.map(({ claim }) => `Advice from the last run: ${claim}`),
  ].join('\n')
  return answer(text, facts)
}

function typesOf(runs: readonly RunRecord[]): readonly { readonly name: string; readonly succeeded: number; readonly meanMs: number }[] {
  const types = new Map<string, { count: number; sumMs: number }>()
  for (const { name, count, sumMs } of runs.flatMap((run) => run.types)) {
    const before = types.get(name) ?? { count: 0, sumMs: 0 }
    types.set(name, { count: before.count + count, sumMs: before.sumMs + sumMs })
  }
  return [...types]
    .filter(([, { count }]) => count > 0)
    .sort(([, a], [, b]) => b.sumMs - a.sumMs)
    .map(([name, { count, sumMs }]) => ({ name, succeeded: count, meanMs: hundredths(sumMs / count) }))
}
