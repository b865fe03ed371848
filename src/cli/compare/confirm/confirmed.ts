import type { Comparison, TypeChange } from '../../../monitor/history/compareRuns.js'
import type { RunRecord } from '../../../monitor/history/runRecord.js'
import { changeOf } from '../../../monitor/statistics/change.js'
import type { NotAgain } from './suspects.js'

/** What came of running the suspects again, old and new in turn. */
export interface Confirmation {
  /** Runs of each side. */
  readonly rounds: number
  /** Of each suspected type that was run again; of the whole run where no type was suspected. */
  readonly types: readonly TypeChange[]
  readonly notAgain: readonly NotAgain[]
}

/** What the suspect is called where no single type is slower. */
export const wholeRun = 'the whole run'

/** The types that are slower; undefined where only the whole run is. */
export function suspectedTypes({ types }: Comparison): ReadonlySet<string> | undefined {
  const slower = types.flatMap(({ name, change }) => (change.verdict === 'slower' ? [name] : []))
  return slower.length === 0 ? undefined : new Set(slower)
}

/** Judges runs of the old plan and of the new one that took turns. */
export function confirmationOf(
  suspected: ReadonlySet<string> | undefined,
  before: readonly RunRecord[],
  after: readonly RunRecord[],
  notAgain: readonly NotAgain[],
): Confirmation {
  const rounds = after.length
  if (suspected === undefined) {
    const makespans = (runs: readonly RunRecord[]): readonly number[] => runs.map(({ makespanMs }) => makespanMs)
    return { rounds, types: [{ name: wholeRun, change: changeOf(makespans(before), makespans(after)) }], notAgain }
  }
  const medians = (runs: readonly RunRecord[], type: string): readonly number[] =>
    runs.flatMap(({ types }) => types.find(({ name }) => name === type)?.p50Ms ?? [])
  const types = [...suspected].map((name) => ({ name, change: changeOf(medians(before, name), medians(after, name)) }))
  return { rounds, types, notAgain }
}

/** Slower only if a suspect was slower again. */
export function confirmedVerdict({ types }: Confirmation): Comparison['verdict'] {
  for (const verdict of ['slower', 'faster', 'same'] as const) if (types.some(({ change }) => change.verdict === verdict)) return verdict
  return 'too-few'
}
