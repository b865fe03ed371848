import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { medianRatio } from '../../src/monitor/statistics/medianRatio.js'
import { ask } from './ask.js'
import type { Case } from './cases.js'
import { cpuUs } from './finding.js'
import { refusals } from './refuse.js'
import type { Sample } from './sample.js'
import { spreadOf, type Spread } from './statistics.js'
import type { Task } from './task.js'

/** This build against another in one case: CPU time after ÷ before. */
export interface Compared {
  readonly name: string
  readonly contender: string
  /** Of the pairs, each run one right after the other. */
  readonly ratio: Spread | undefined
  /** 97 % interval of the ratio of the medians. */
  readonly interval: readonly [low: number, high: number] | undefined
  readonly text: string
}

const limitMs = 120_000

/** Runs the library's own contenders of each case on two builds, in pairs, each in a fresh process; which goes first changes. */
export async function compareBuilds(
  before: string,
  cases: readonly Case[],
  pairs: number,
  tell: (line: string) => void,
): Promise<readonly Compared[]> {
  const compared: Compared[] = []
  for (const { name, contenders, task, flags } of cases) {
    if ((task.type === 'graph' && task.work === 'sleep') || isOfPrograms(task)) continue
    for (const contender of contenders.filter((one) => one.startsWith('millrace') || one === 'with monitor')) {
      tell(`${name}: ${contender}`)
      const measure = (script: string | undefined): Promise<number | string> => figureOf(task, contender, flags, script)
      const [old, own]: [number[], number[]] = [[], []]
      let failure: string | undefined
      for (let pair = 0; pair < pairs && failure === undefined; pair++) {
        const there = join(before, 'child.js')
        const first = pair % 2 === 0
        const [one, two] = [await measure(first ? there : undefined), await measure(first ? undefined : there)]
        const [a, b] = first ? [one, two] : [two, one]
        if (typeof a === 'string') failure = `before: ${a}`
        else if (typeof b === 'string') failure = `now: ${b}`
        else [old, own].forEach((list, which) => list.push(which === 0 ? a : b))
      }
      compared.push(comparedOf(name, contender, old, own, failure))
    }
  }
  return compared
}

// How few files a program is made of is its own build's doing, of which the other sources tell nothing.
function isOfPrograms({ type }: Task): boolean {
  return type === 'start' || type === 'calls' || type === 'run --json'
}

async function figureOf(task: Task, contender: string, flags: readonly string[], script: string | undefined): Promise<number | string> {
  const answer = await ask<Sample>({ task, contender, what: 'sample' }, flags, limitMs, script)
  if (typeof answer === 'string') return answer
  return refusals(answer, availableParallelism())[0] ?? cpuUs(answer)
}

export function comparedOf(
  name: string,
  contender: string,
  before: readonly number[],
  after: readonly number[],
  failure: string | undefined,
): Compared {
  const title = `${name}, ${contender}`.padEnd(46)
  if (failure !== undefined) return { name, contender, ratio: undefined, interval: undefined, text: `${title} not compared: ${failure}` }
  const ratio = spreadOf(after.map((value, pair) => value / before[pair]!))
  const { low, high } = medianRatio(before, after)
  const change = low > 1 ? 'slower' : high < 1 ? 'faster' : 'no change to be seen'
  const figures = `${spreadOf(before).median.toFixed(2)} -> ${spreadOf(after).median.toFixed(2)} µs`
  const text = `${title} ${ratio.median.toFixed(3)} (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}), 97 % ${low.toFixed(3)}–${high.toFixed(3)}: ${change}; ${figures}`
  return { name, contender, ratio, interval: [low, high], text }
}
