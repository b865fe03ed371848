import * as E from 'fp-ts/lib/Either.js'
import { isNonEmpty } from '../../model/isNonEmpty.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import { changeOf, fewestValues, type Change } from '../statistics/change.js'
import { differences, isEvidence, type Difference } from './comparable.js'
import type { RunRecord, TypeRecord } from './runRecord.js'

/** How an operation type changed. */
export interface TypeChange {
  readonly name: string
  readonly change: Change
  /**
   * What was compared: the medians of runs, when there are five a side, since a run as a whole may be slow; else the single
   * operations of the runs there are, which cannot tell a slow type from a slow moment of the machine.
   */
  readonly of: 'runs' | 'operations'
}

/** How some runs differ from others. */
export interface Comparison {
  /** `slower` when the makespan or a type is, else `faster` when one is, else `same` when anything could be judged. */
  readonly verdict: Change['verdict']
  /** Needs five runs a side. */
  readonly makespan: Change
  readonly types: readonly TypeChange[]
  /** Runs that failed: how fast they were says nothing. */
  readonly leftOut: number
}

/**
 * Compares runs with earlier ones of the same plan under the same conditions: with fewer than five a side only by their operations.
 *
 * Runs that cannot be compared are refused, with everything that differs. See docs/statistics.md for how sure the verdicts are.
 *
 * @example
 * ```ts
 * import { runBatch } from 'millrace'
 * import { compareRuns, recordOf, shapeHash } from 'millrace/report'
 * import { firstValueFrom, toArray } from 'rxjs'
 * const about = { shape: shapeHash({ operations: [] }), cpus: 2, nodeMajor: 20 }
 * const record = recordOf(await firstValueFrom(runBatch([]).pipe(toArray())), about)!
 * const elsewhere = { ...record, cpus: 8 }
 * compareRuns([record], [elsewhere]) // => { _tag: 'Left', left: [{ field: 'cpus', before: 2, after: 8 }] }
 * ```
 * @since 0.1.0
 */
export function compareRuns(before: readonly RunRecord[], after: readonly RunRecord[]): E.Either<NonEmptyArray<Difference>, Comparison> {
  const [first] = before
  const found = first === undefined ? [] : [...before.slice(1), ...after].flatMap((run) => [...differences(first, run)])
  const distinct = [...new Map(found.map((difference) => [JSON.stringify(difference), difference])).values()]
  if (isNonEmpty(distinct)) return E.left(distinct)
  const [then, now] = [before.filter(isEvidence), after.filter(isEvidence)]
  const makespan = changeOf(
    then.map(({ makespanMs }) => makespanMs),
    now.map(({ makespanMs }) => makespanMs),
  )
  const names = new Set(now.flatMap(({ types }) => types.map(({ name }) => name)))
  const types = [...names].map((name) => typeChange(name, typesOf(then, name), typesOf(now, name)))
  const leftOut = before.length + after.length - then.length - now.length
  return E.right({ verdict: overall([makespan, ...types.map(({ change }) => change)]), makespan, types, leftOut })
}

function typesOf(runs: readonly RunRecord[], name: string): readonly TypeRecord[] {
  return runs.flatMap(({ types }) => types.filter((type) => type.name === name && type.count > 0))
}

function typeChange(name: string, before: readonly TypeRecord[], after: readonly TypeRecord[]): TypeChange {
  const many = before.length >= fewestValues && after.length >= fewestValues
  const times = (runs: readonly TypeRecord[]): readonly number[] => runs.flatMap(({ p50Ms, samples }) => (many ? (p50Ms ?? []) : samples))
  return { name, change: changeOf(times(before), times(after)), of: many ? 'runs' : 'operations' }
}

function overall(changes: readonly Change[]): Change['verdict'] {
  for (const verdict of ['slower', 'faster', 'same'] as const) if (changes.some((change) => change.verdict === verdict)) return verdict
  return 'too-few'
}
