import { operationsOf, type Task } from './cases.js'
import type { Sample } from './sample.js'
import { growthExponent, ratiosOf, spreadOf, type Spread } from './statistics.js'

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
  readonly bytesPerOperation: number | undefined
  readonly peakMb: number | undefined
  readonly refused: string | undefined
}

export function findingOf(name: string, task: Task, measured: readonly Measured[]): Finding {
  const figure = task.type === 'graph' && task.work === 'sleep' ? 'bound' : 'µs'
  const valueOf = figure === 'bound' ? overBound : cpuUs
  const base = measured[0]!.samples.map((sample) => sample && valueOf(sample))
  return {
    name,
    operations: operationsOf(task),
    figure,
    of: measured.map(({ contender, samples, bytesPerOperation, refused }) => {
      const there = refused === undefined ? samples.filter((sample) => sample !== undefined) : []
      const values = there.map(valueOf)
      const whole = samples.map((sample) => sample?.readingUs && valueOf(sample) + sample.readingUs)
      const spread = (numbers: readonly number[]): Spread | undefined => (numbers.length === 0 ? undefined : spreadOf(numbers))
      return {
        contender,
        value: spread(values),
        ratio:
          there.length === 0
            ? undefined
            : spread(
                figure === 'bound'
                  ? values
                  : ratiosOf(
                      base,
                      samples.map((one) => one && valueOf(one)),
                    ),
              ),
        ratioWithReading: there.length === 0 || figure === 'bound' ? undefined : spread(ratiosOf(base, whole)),
        readingUs: spread(there.flatMap(({ readingUs }) => readingUs ?? []))?.median,
        bytesPerOperation,
        peakMb: spread(there.map(({ peakMb }) => peakMb))?.median,
        refused,
      }
    }),
  }
}

export function cpuUs({ cpuMs, operations }: Sample): number {
  return (cpuMs * 1_000) / operations
}

function overBound({ schedule }: Sample): number {
  return schedule === undefined ? NaN : schedule.makespanMs / schedule.boundMs
}

/** How CPU time grows with size, by contender, over the findings of one shape with synchronous bodies. */
export function growthOf(findings: readonly Finding[], shape: string): readonly (readonly [contender: string, exponent: number])[] {
  const sized = findings
    .filter(({ name }) => new RegExp(`^${shape} \\d+(k|M)$`).test(name))
    .filter(({ operations }) => operations >= 100_000)
  if (sized.length < 2) return []
  const contenders = [...new Set(sized.flatMap((finding) => finding.of.map(({ contender }) => contender)))]
  return contenders.flatMap((contender) => {
    const points = sized.flatMap(({ operations, of }) => {
      const value = of.find((one) => one.contender === contender)?.value
      return value === undefined ? [] : [[operations, value.median * operations] as const]
    })
    return points.length < 2 ? [] : [[contender, growthExponent(points)] as const]
  })
}
