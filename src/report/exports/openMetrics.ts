import type { BatchEvent } from '../../model/event.js'
import { findingsOf } from '../findings/findings.js'
import { runTitle } from '../findings/wordsOf.js'
import { pictureOf, type ReportOptions } from '../pictureOf.js'
import type { PicturedOperation, RunPicture } from '../picture/picture.js'
import type { ReportAbout } from '../picture/reportAbout.js'
import { runMs, waitedMs } from '../picture/times.js'

/** Upper bounds of the buckets, in seconds. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600]

type Labels = Readonly<Record<string, string>>

/**
 * Converts a run to OpenMetrics text: counters of operations, attempts and retries by type and outcome, and histograms of how long they ran
 * and waited. For the textfile collector of a node exporter, or a push gateway.
 *
 * @example
 * ```ts
 * import { lastValueFrom, toArray } from 'rxjs'
 * import { operation, runBatch } from 'millrace'
 * import { openMetrics } from 'millrace/report'
 * const events = await lastValueFrom(runBatch([operation('build', () => 7)]).pipe(toArray()))
 * openMetrics(events).endsWith('# EOF\n') // => true
 * ```
 * @since 0.2.0
 */
export function openMetrics(events: Iterable<BatchEvent>, about: ReportAbout = {}, options: ReportOptions = {}): string {
  return openMetricsText(pictureOf(events, about, options))
}

export function openMetricsText(picture: RunPicture): string {
  const { operations, concurrency, lastAt, ending } = picture
  const { makespanMs, slotMs } = findingsOf(picture)
  const plan = { plan: runTitle(picture) }
  const byType = new Map<string, PicturedOperation[]>()
  for (const operation of operations) {
    const members = byType.get(operation.type)
    if (members === undefined) byType.set(operation.type, [operation])
    else members.push(operation)
  }
  const types = [...byType].map(([type, members]) => ({ labels: { ...plan, type }, members }))
  const started = types.map(({ labels, members }) => ({ labels, members: members.filter(({ attempts }) => attempts.length > 0) }))

  return [
    ...family('millrace_run_duration_seconds', 'gauge', 'From the first start to the last end.', 'seconds'),
    sample('millrace_run_duration_seconds', plan, makespanMs / 1_000),
    ...family('millrace_run_succeeded', 'gauge', 'Whether the run succeeded: 1, or 0.'),
    sample('millrace_run_succeeded', plan, ending?.ok === true ? 1 : 0),
    ...family('millrace_slots', 'gauge', 'The most attempts at once.'),
    sample('millrace_slots', plan, concurrency),
    ...family('millrace_slot_seconds', 'counter', 'Time that slots were in use.', 'seconds'),
    sample('millrace_slot_seconds_total', plan, slotMs / 1_000),
    ...family('millrace_operations', 'counter', 'Operations, by type and by how they ended.'),
    ...types.flatMap(({ labels, members }) =>
      [...countedBy(members, ({ state }) => state)].map(([outcome, number]) =>
        sample('millrace_operations_total', { ...labels, outcome }, number),
      ),
    ),
    ...family('millrace_attempts', 'counter', 'Attempts, by type.'),
    ...types.map(({ labels, members }) =>
      sample(
        'millrace_attempts_total',
        labels,
        sum(members, ({ attempts }) => attempts.length),
      ),
    ),
    ...family('millrace_retries', 'counter', 'Attempts after the first, by type.'),
    ...types.map(({ labels, members }) =>
      sample(
        'millrace_retries_total',
        labels,
        sum(members, ({ attempts }) => Math.max(0, attempts.length - 1)),
      ),
    ),
    ...family('millrace_operation_duration_seconds', 'histogram', 'Time that the attempts of an operation took.', 'seconds'),
    ...started.flatMap(({ labels, members }) =>
      histogramLines(
        'millrace_operation_duration_seconds',
        labels,
        members.map((member) => runMs(member, lastAt) / 1_000),
      ),
    ),
    ...family('millrace_operation_wait_seconds', 'histogram', 'Time that an operation was ready, or waited between attempts.', 'seconds'),
    ...started.flatMap(({ labels, members }) =>
      histogramLines(
        'millrace_operation_wait_seconds',
        labels,
        members.map((member) => waitedMs(member, lastAt) / 1_000),
      ),
    ),
    ...usageLines(types),
    '# EOF',
    '',
  ].join('\n')
}

function usageLines(types: readonly { readonly labels: Labels; readonly members: readonly PicturedOperation[] }[]): readonly string[] {
  const used = types.filter(({ members }) => members.some(({ usage }) => usage !== undefined))
  if (used.length === 0) return []
  return [
    ...family('millrace_tokens', 'counter', 'Tokens that language models used, as far as it was reported.'),
    ...used.flatMap(({ labels, members }) => [
      sample(
        'millrace_tokens_total',
        { ...labels, direction: 'input' },
        sum(members, ({ usage }) => usage?.inputTokens ?? 0),
      ),
      sample(
        'millrace_tokens_total',
        { ...labels, direction: 'output' },
        sum(members, ({ usage }) => usage?.outputTokens ?? 0),
      ),
    ]),
  ]
}

function family(name: string, type: string, help: string, unit?: string): readonly string[] {
  return [`# TYPE ${name} ${type}`, ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]), `# HELP ${name} ${help}`]
}

function sample(name: string, labels: Labels, value: number): string {
  const written = Object.entries(labels).map(([label, text]) => `${label}="${escapedLabel(text)}"`)
  return `${name}{${written.join(',')}} ${Number(value.toPrecision(12))}`
}

function histogramLines(name: string, labels: Labels, seconds: readonly number[]): readonly string[] {
  if (seconds.length === 0) return []
  return [
    ...bounds.map((bound) =>
      sample(
        `${name}_bucket`,
        { ...labels, le: bound % 1 === 0 ? `${bound}.0` : String(bound) },
        seconds.filter((value) => value <= bound).length,
      ),
    ),
    sample(`${name}_bucket`, { ...labels, le: '+Inf' }, seconds.length),
    sample(
      `${name}_sum`,
      labels,
      seconds.reduce((total, value) => total + value, 0),
    ),
    sample(`${name}_count`, labels, seconds.length),
  ]
}

function countedBy<A>(values: readonly A[], keyOf: (value: A) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1)
  return counts
}

function sum<A>(values: readonly A[], of: (value: A) => number): number {
  return values.reduce((total, value) => total + of(value), 0)
}

function escapedLabel(text: string): string {
  return text.replace(/[\\"\n]/g, (letter) => (letter === '\n' ? '\\n' : `\\${letter}`))
}
