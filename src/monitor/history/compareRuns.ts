import * as E from 'fp-ts/lib/Either.js'
import { isNonEmpty } from '../../model/isNonEmpty.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import { changeOf, type Change } from '../statistics/change.js'
import { differences, isEvidence, type Difference } from './comparable.js'
import type { RunRecord, TypeRecord } from './runRecord.js'
import { sinceStep, sinceStepFrom } from './sinceStep.js'

/** How an operation type changed. */
export interface TypeChange {
  readonly name: string
  /** Between the medians of runs. Single operations cannot distinguish a slow type from a slow moment of the machine. */
  readonly change: Change
}

/** How some runs differ from others. */
export interface Comparison {
  /** `slower` when the makespan or a type is, else `faster` when one is, else `same` when anything could be judged. */
  readonly verdict: Change['verdict']
  /** Like that of each type, it takes five runs a side. */
  readonly makespan: Change
  readonly types: readonly TypeChange[]
  /** Runs that failed: how fast they were says nothing. */
  readonly leftOut: number
  /** Runs before a step in the times of their side, which are not used. */
  readonly beforeStep: number
  /** The first of the later runs that were compared: from there on it is as the verdict says. Absent where there is none. */
  readonly since?: Pick<RunRecord, 'runId' | 'startedAt'>
}

/**
 * Compares runs with earlier ones of the same plan under the same conditions, oldest first on both sides. Each run is one value; with fewer
 * than five on a side there is no verdict. On each side only the runs since the last step in their times count.
 *
 * For runs that cannot be compared, a `Left` holds everything that differs. docs/statistics.md says how sure the verdicts are.
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
  const [good, goodNow] = [before.filter(isEvidence), after.filter(isEvidence)]
  const then = sinceStep(good)
  const now = sinceStepFrom(then, goodNow)
  const makespan = changeOf(
    then.map(({ makespanMs }) => makespanMs),
    now.map(({ makespanMs }) => makespanMs),
  )
  const names = new Set(now.flatMap(({ types }) => types.map(({ name }) => name)))
  const types = [...names].map((name) => typeChange(name, typesOf(then, name), typesOf(now, name)))
  const leftOut = before.length + after.length - good.length - goodNow.length
  const beforeStep = good.length + goodNow.length - then.length - now.length
  const [since] = now
  return E.right({
    verdict: overall([makespan, ...types.map(({ change }) => change)]),
    makespan,
    types,
    leftOut,
    beforeStep,
    ...(since !== undefined && { since: { runId: since.runId, startedAt: since.startedAt } }),
  })
}

function typesOf(runs: readonly RunRecord[], name: string): readonly TypeRecord[] {
  return runs.flatMap(({ types }) => types.filter((type) => type.name === name && type.count > 0))
}

function typeChange(name: string, before: readonly TypeRecord[], after: readonly TypeRecord[]): TypeChange {
  const medians = (runs: readonly TypeRecord[]): readonly number[] => runs.flatMap(({ p50Ms }) => p50Ms ?? [])
  return { name, change: changeOf(medians(before), medians(after)) }
}

function overall(changes: readonly Change[]): Change['verdict'] {
  for (const verdict of ['slower', 'faster', 'same'] as const) if (changes.some((change) => change.verdict === verdict)) return verdict
  return 'too-few'
}
