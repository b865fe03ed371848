import { thousands } from '../text/count.js'
import { duration } from '../text/duration.js'
import type { Tone } from '../text/paint.js'
import { visible } from '../text/visible.js'
import { clip, widthOf } from '../text/width.js'
import type { RunTrend } from '../../model/metrics/runTrend.js'
import type { LiveState } from './liveState.js'

/** Words are cut between two of them, a name anywhere. */
export type Segment = readonly [tone: Tone, text: string, words?: 'words']

const widestBar = 30
const narrowestBar = 6

/** How many of what, and the time: of what does not fit, what matters least is left out whole. */
export function headline(state: LiveState, columns: number, now: number): readonly Segment[] {
  const done = state.succeeded + state.failed + state.skipped + state.cancelled
  const waiting = [...state.running.values()].filter(({ retryAt }) => retryAt !== undefined).length
  const counted = `${thousands(done)} of ${thousands(state.total)}`
  const facts: readonly Fact[] = [
    { rank: 2, tone: 'plain', text: numbered(state.running.size - waiting, 'running') },
    { rank: 3, tone: 'caution', text: numbered(waiting, 'retrying') },
    { rank: 0, tone: 'bad', text: numbered(state.failed, 'failed') },
    { rank: 4, tone: 'caution', text: numbered(state.skipped, 'skipped') },
    { rank: 5, tone: 'caution', text: numbered(state.cancelled, 'cancelled') },
    { rank: 1, tone: 'faint', text: duration(Math.max(0, now - state.startedAt)) },
    { rank: 6, tone: 'plain', text: state.endsAt === undefined ? '' : `about ${duration(Math.max(0, state.endsAt - now))} left` },
    { rank: 8, tone: 'faint', text: state.rate === undefined || state.rate <= 0 ? '' : `${Number(state.rate.toPrecision(2))}/s` },
    { rank: 7, tone: 'caution', text: state.worse === undefined ? '' : worseText(state.worse) },
  ]
  const shown = fitting(facts, columns - widthOf(counted))
  const segments: Segment[] = [
    ['strong', counted],
    ...shown.flatMap(({ tone, text }): Segment[] => [
      ['faint', between],
      [tone, text],
    ]),
  ]
  const name: readonly Segment[] = state.name === undefined ? [] : [['plain', `${clip(visible(state.name), Math.floor(columns / 4))} `]]
  const left = columns - widthOf([...name, ...segments].map(([, text]) => text).join('')) - 1
  return left < narrowestBar ? segments : [...name, ...bar(state, done, Math.min(left, widestBar)), ['plain', ' '], ...segments]
}

function worseText({ metric, name, ratio, direction }: RunTrend): string {
  const what = { runMs: 'run time', waitMs: 'wait', throughput: 'throughput', failureRate: 'failures', readyQueue: 'queue' }[metric]
  return `${direction === 'rising' ? '↗' : '↘'} ${what}${name === undefined ? '' : ` of ${visible(name)}`} ${ratio.toFixed(1)}x`
}

interface Fact {
  /** The smallest is the last to be left out. */
  readonly rank: number
  readonly tone: Tone
  readonly text: string
}

const between = ' · '

function numbered(number: number, word: string): string {
  return number > 0 ? `${thousands(number)} ${word}` : ''
}

function fitting(facts: readonly Fact[], columns: number): readonly Fact[] {
  const kept = new Set<Fact>()
  let left = columns
  for (const fact of facts.filter(({ text }) => text !== '').sort((a, b) => a.rank - b.rank)) {
    left -= widthOf(between + fact.text)
    if (left < 0) break
    kept.add(fact)
  }
  return facts.filter((fact) => kept.has(fact))
}

function bar(state: LiveState, done: number, columns: number): readonly Segment[] {
  const filled = state.total === 0 ? 0 : Math.floor((done / state.total) * columns)
  const tone = state.failed > 0 ? 'bad' : 'good'
  return [
    [tone, '━'.repeat(filled)],
    ['faint', '─'.repeat(columns - filled)],
  ]
}
