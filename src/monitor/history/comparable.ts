import type { RunRecord } from './runRecord.js'

const conditions = ['shape', 'concurrency', 'cpus', 'nodeMajor'] as const
type Condition = (typeof conditions)[number] | 'reused'

/** A condition that differs between two runs: their times mean different things. */
export interface Difference {
  readonly field: Condition
  readonly before: string | number
  readonly after: string | number
}

/** What keeps two runs from being compared; empty when nothing does. Runs of one given name are runs of one plan, whatever changed in it. */
export function differences(before: RunRecord, after: RunRecord): readonly Difference[] {
  const sameName = before.name !== undefined && before.name === after.name
  const [reused, reusedAfter] = [before.reused ?? 0, after.reused ?? 0]
  return [
    ...conditions.flatMap((field) =>
      before[field] === after[field] || (field === 'shape' && sameName) ? [] : [{ field, before: before[field], after: after[field] }],
    ),
    // Also two that took over as much: neither did all of its work.
    ...(reused + reusedAfter > 0 ? [{ field: 'reused' as const, before: reused, after: reusedAfter }] : []),
  ]
}

/** Whether how fast a run was says anything: all of it succeeded. */
export function isEvidence(run: RunRecord): boolean {
  return run.ok
}

/**
 * Describes in one sentence why two runs cannot be compared, and how to fix it.
 *
 * @example
 * ```ts
 * import { describeDifference } from 'millrace/report'
 * describeDifference({ field: 'cpus', before: 2, after: 8 })
 * // => 'One ran on 2 CPUs, the other on 8: compare runs of similar machines.'
 * ```
 * @see {@link compareRuns}, which finds the differences
 * @since 0.1.0
 */
export function describeDifference({ field, before, after }: Difference): string {
  switch (field) {
    case 'shape':
      return `The plans differ (${before} and ${after}): compare runs of one plan, or give both plans the same name.`
    case 'concurrency':
      return `One ran at concurrency ${before}, the other at ${after}: run one of them again with --concurrency ${before}.`
    case 'cpus':
      return `One ran on ${before} CPUs, the other on ${after}: compare runs of similar machines.`
    case 'nodeMajor':
      return `One ran on Node ${before}, the other on Node ${after}: run one of them again on Node ${after}.`
    case 'reused':
      return `One resumed an earlier run and reused ${Math.max(Number(before), Number(after))} of its outcomes: compare runs that ran every operation.`
  }
}
