import type { Pair } from './cases.js'
import type { Sample } from './sample.js'
import { ratiosOf, spreadOf, type Spread } from './statistics.js'
import { operationsOf, type Task } from './task.js'

/** All that was measured of one contender in one case; a round in which it was not run has no sample. */
export interface Measured {
  readonly contender: string
  readonly samples: readonly (Sample | undefined)[]
  readonly bytesPerOperation: number | undefined
  /** Why it is not compared: it cannot do the case, or what it gave cannot be true. */
  readonly refused: string | undefined
}

/** What the rounds of one case came to. */
export interface Finding {
  readonly name: string
  readonly operations: number
  /** What the figures are: CPU time an operation, or how many times as long as the bound the run took. */
  readonly figure: 'µs' | 'bound'
  readonly of: readonly Contended[]
  /** Further pairs, the first divided by the second of the same round. */
  readonly besides: readonly { readonly contender: string; readonly to: string; readonly ratio: Spread }[]
}

export interface Contended {
  readonly contender: string
  /** CPU time in µs an operation, or makespan ÷ bound. */
  readonly value: Spread | undefined
  /** Against the first contender of the same round; of schedules, the same as the value. */
  readonly ratio: Spread | undefined
  /** With the reading of the plan. */
  readonly ratioWithReading: Spread | undefined
  readonly readingUs: number | undefined
  /** Time that went by, in µs an operation, and against the first contender of the same round. */
  readonly wallUs: Spread | undefined
  readonly wallRatio: Spread | undefined
  /** What the CPU time went to, in µs an operation. */
  readonly parts: readonly { readonly name: string; readonly us: number }[]
  readonly bytesPerOperation: number | undefined
  readonly peakMb: number | undefined
  readonly refused: string | undefined
}

type Figure = (sample: Sample) => number

export function findingOf(name: string, task: Task, measured: readonly Measured[], besides: readonly Pair[] = []): Finding {
  const figure = task.type === 'graph' && task.work === 'sleep' ? 'bound' : 'µs'
  const valueOf = figure === 'bound' ? overBound : cpuUs
  const base = measured[0]!
  return {
    name,
    operations: operationsOf(task),
    figure,
    of: measured.map((one) => contended(one, base, valueOf, figure === 'bound')),
    besides: besides.flatMap(([contender, to]) => {
      const named = (wanted: string): Measured | undefined => measured.find((one) => one.contender === wanted)
      const [own, other] = [named(contender), named(to)]
      const ratio = own && other && ratioTo(other, own, valueOf)
      return ratio === undefined ? [] : [{ contender, to, ratio }]
    }),
  }
}

function contended(one: Measured, base: Measured, valueOf: Figure, ofBound: boolean): Contended {
  const { contender, samples, bytesPerOperation, refused } = one
  const there = refused === undefined ? samples.filter((sample) => sample !== undefined) : []
  const values = spread(there.map(valueOf))
  return {
    contender,
    value: values,
    ratio: ofBound ? values : ratioTo(base, one, valueOf),
    ratioWithReading:
      ofBound || there.some(({ readingUs }) => readingUs === undefined)
        ? undefined
        : ratioTo(base, one, valueOf, (sample) => valueOf(sample) + (sample.readingUs ?? NaN)),
    readingUs: spread(there.flatMap(({ readingUs }) => readingUs ?? []))?.median,
    wallUs: spread(there.map(wallUs)),
    wallRatio: ratioTo(base, one, wallUs),
    parts: Object.keys(there[0]?.parts ?? {}).map((name) => {
      return { name, us: spreadOf(there.map(({ parts, operations }) => ((parts?.[name] ?? NaN) * 1_000) / operations)).median }
    }),
    bytesPerOperation,
    peakMb: spread(there.map(({ peakMb }) => peakMb))?.median,
    refused,
  }
}

function ratioTo(base: Measured, other: Measured, baseOf: Figure, valueOf = baseOf): Spread | undefined {
  const figures = ({ samples, refused }: Measured, of: Figure) =>
    samples.map((sample) => (sample && refused === undefined ? of(sample) : undefined))
  return spread(ratiosOf(figures(base, baseOf), figures(other, valueOf)))
}

function spread(numbers: readonly number[]): Spread | undefined {
  return numbers.length === 0 ? undefined : spreadOf(numbers)
}

export function cpuUs({ cpuMs, operations }: Sample): number {
  return (cpuMs * 1_000) / operations
}

function wallUs({ wallMs, operations }: Sample): number {
  return (wallMs * 1_000) / operations
}

function overBound({ schedule }: Sample): number {
  return schedule === undefined ? NaN : schedule.makespanMs / schedule.boundMs
}
