// monitor/history: one line for each finished run, and comparisons and trends over many.
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { finiteNumber, boolean, oneOf, text, integer } from '../../model/codec/values.js'

const count = integer({ minimum: 0 })
const ms = finiteNumber({ minimum: 0 })

const HistogramRecord = closed(
  'a histogram',
  { first: count, counts: array(count), sum: finiteNumber(), min: finiteNumber(), max: finiteNumber() },
  {},
)

/** The figures of the operations of one type in a run. */
export const TypeRecord = closed(
  'the figures of an operation type',
  {
    name: text(),
    count: described(count, 'Operations that succeeded by themselves; all times here are those of their attempts.'),
    sumMs: ms,
    samples: described(array(ms), 'At most 512 of the times, each with the same chance, to the µs.'),
    histogram: HistogramRecord,
    failed: count,
    attempts: count,
    retries: count,
    retriedMs: described(ms, 'Time of attempts that failed and were tried again.'),
    timeouts: described(count, 'Attempts that ran into their time limit.'),
  },
  {
    p50Ms: described(ms, 'Exact; absent when none succeeded.'),
    p95Ms: ms,
    timeoutMs: described(ms, 'The longest limit that was reached.'),
  },
)
export type TypeRecord = t.TypeOf<typeof TypeRecord>

/**
 * The codec of one finished run, as one line of the history. Times are ms.
 *
 * @example
 * ```ts
 * import { RunRecord } from 'millrace/report'
 * RunRecord.is({ v: '1', runId: 'only half of it' }) // => false
 * ```
 * @since 0.1.0
 */
export const RunRecord = closed(
  'a run in the history',
  {
    v: described(oneOf('1'), 'The version of this form.'),
    runId: text(),
    startedAt: described(finiteNumber(), 'Epoch ms.'),
    finishedAt: finiteNumber(),
    ok: boolean,
    shape: described(text(), 'Hash of ids, types, explicit edges and params without their data.'),
    concurrency: count,
    cpus: count,
    nodeMajor: count,
    counts: closed('counts', { total: count, succeeded: count, failed: count, skipped: count, cancelled: count }, {}),
    attempts: count,
    retries: count,
    makespanMs: ms,
    workMs: described(ms, 'Σ time of attempts that held a slot.'),
    slotMs: described(ms, 'The same, each multiplied by its weight.'),
    retriedMs: ms,
    heavy: described(boolean, 'Whether an operation took more than one slot.'),
    waiting: closed('waiting', { dependencyMs: ms, slotMs: ms, poolMs: ms, retryMs: ms }, {}),
    idle: closed('idle slots', { dependencyMs: ms, poolMs: ms, tailMs: ms }, {}),
    types: array(TypeRecord),
  },
  {
    usage: described(
      closed('usage', {}, { inputTokens: count, outputTokens: count, costUsd: finiteNumber({ minimum: 0 }) }),
      'What language models used, as far as it was reported.',
    ),
    name: text(),
    cpuMs: described(ms, 'CPU time of the process and its children while the run lasted; absent where the platform does not tell.'),
    reused: described(count, 'Operations whose outcome was reused from the run that it resumes; absent for none.'),
    criticalPathMs: described(ms, 'Absent when the graph was not known.'),
    times: described(
      closed('the time of each operation', { ids: text(), ms: array(finiteNumber()) }, {}),
      'By id in alphabetical order, −1 for one that did not succeed by itself, and a hash of the ids. Absent above 5,000 operations.',
    ),
  },
)
export type RunRecord = t.TypeOf<typeof RunRecord>
