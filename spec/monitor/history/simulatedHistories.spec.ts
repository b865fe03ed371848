import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seededRandom } from '../../../src/engine/time/random.js'
import { trendOf } from '../../../src/monitor/history/trendOf.js'
import { unchangedSeries, usual, type Noise } from '../statistics/unchangedSeries.js'
import { runRecord } from './records.js'

const test = suite('trends over simulated histories of known truth')

interface History {
  readonly kind: string
  readonly noise?: Noise
  /** How many times as long the run at a share of the history takes. */
  readonly level?: (share: number) => number
  /** A share of runs fails, and those take a tenth of the time: more and more of them. */
  readonly failing?: true
  /** Where the change begins. */
  readonly at?: number
}

const step = (at: number, size: number): History => ({
  kind: `a step of +${Math.round(100 * (size - 1))} % at ${100 * at} %`,
  at,
  level: (share) => (share < at ? 1 : size),
})

const changed: readonly History[] = [
  step(0.2, 1.4),
  step(0.5, 1.4),
  step(0.8, 1.4),
  step(0.5, 100),
  { kind: 'a slow rise to +60 %', level: (share) => 1 + 0.6 * share },
]
const unchanged: readonly History[] = [
  { kind: 'flat' },
  { kind: 'a drifting machine', noise: { ...usual, drift: 0.04, correlation: 0.7 } },
  { kind: 'one outlier in ten', noise: { ...usual, outliers: 0.1 } },
  { kind: 'every seventh run 30 % longer', level: (share) => (Math.round(share * 700) % 7 === 0 ? 1.3 : 1) },
  { kind: 'failures', failing: true },
]

const rounds = 1_000

/** The verdicts on makespans of so many histories, and how far from the truth the step is that they name. */
function verdicts(
  { noise = usual, level = () => 1, failing, at }: History,
  length: number,
): { readonly told: number; readonly near: number } {
  let [told, near] = [0, 0]
  for (let seed = 1; seed <= rounds; seed++) {
    const random = seededRandom(seed)
    const runs = unchangedSeries(
      seed,
      noise,
    )(length).map((ms, index) => {
      const ok = failing === undefined || random() > 0.1 + (0.5 * index) / length
      return runRecord({ runId: `r${index}`, startedAt: index, ok, makespanMs: ms * level(index / length) * (ok ? 1 : 0.1) })
    })
    const found = trendOf(runs, 'makespanMs')
    assert.ok(found._tag === 'Right')
    const { trend, since } = found.right
    if (trend.verdict === 'steady' || trend.verdict === 'too-few') continue
    told++
    if (at !== undefined && since !== undefined && Math.abs(since.startedAt - at * length) <= Math.max(2, length / 10)) near++
  }
  return { told: told / rounds, near: told === 0 ? 1 : near / told }
}

const lengths = [12, 20, 50] as const
/** At least so much of each change is told, by the length of the history. */
const least: readonly (readonly number[])[] = [
  [0, 0.4, 0.9],
  [0.7, 0.85, 0.98],
  [0, 0.4, 0.9],
  [0.95, 0.95, 1],
  [0.2, 0.6, 0.95],
]

const rows: string[] = []
changed.forEach((history, row) => {
  test(`${history.kind} is told`, () => {
    const found = lengths.map((length) => verdicts(history, length))
    rows.push(`| ${history.kind} | ${found.map(({ told }) => `${Math.round(100 * told)} %`).join(' | ')} |`)
    found.forEach(({ told, near }, index) => {
      assert.ok(told >= least[row]![index]!, `${told} of ${lengths[index]} runs`)
      if (history.at !== undefined && told > 0.5) assert.ok(near >= 0.85, `near in ${near} of ${lengths[index]} runs`)
    })
  })
})

for (const history of unchanged)
  test(`${history.kind}: hardly ever a trend`, () => {
    const found = lengths.map((length) => verdicts(history, length).told)
    rows.push(`| ${history.kind} | ${found.map((told) => `${(100 * told).toFixed(1)} %`).join(' | ')} |`)
    assert.ok(Math.max(...found) <= 0.022, `${found.join(', ')}`)
  })

test('the page has these figures', () => {
  const page = readFileSync('docs/statistics.md', 'utf8')
  const lines = new Set(page.split('\n').map((line) => line.replaceAll(/ +/gu, ' ')))
  const missing = rows.filter((row) => !lines.has(row))
  assert.equal(missing, [], `These rows are not in docs/statistics.md:\n${missing.join('\n')}`)
})

test.run()
