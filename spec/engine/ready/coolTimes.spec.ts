import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OperationError } from '../../../src/model/operationError.js'
import { marbleBatch, type MarblePlan } from '../../../src/testing/marbleBatch.js'
import { timeline } from '../../support/timeline.js'

const test = suite('a pool whose server asked to wait, in time')

const refusal = (retryAfterMs: number): OperationError => ({
  type: 'http-status',
  status: 429,
  message: 'wait',
  retryable: true,
  retryAfterMs,
})
const of = (pool: string | undefined, ...ids: readonly string[]): MarblePlan['operations'] =>
  ids.map((id) => ({ id, ...(pool !== undefined && { pool }), ...(id !== 'a' && id !== 'z' && { dependencies: ['z'] }) }))

/** The starts of each operation as marbles, and what is to be seen of it. See `timeline`. */
type Rows = Readonly<Record<string, readonly [marbles: string | readonly string[], expected: string]>>

function shows(plan: MarblePlan, rows: Rows, retryAfterMs = 5): ReturnType<typeof marbleBatch> {
  const marbles = Object.fromEntries(Object.entries(rows).map(([id, [played]]) => [id, played]))
  const run = marbleBatch({ concurrency: 9, pools: { api: { limit: 20 }, other: 1 }, ...plan }, marbles, { error: refusal(retryAfterMs) })
  assert.equal(timeline(run.events), Object.fromEntries(Object.entries(rows).map(([id, [, seen]]) => [id, seen])))
  return run
}

test('cooldown: nothing of the pool starts until then, and what asks for another pool or none goes on', () =>
  void shows(
    { operations: [...of('api', 'a'), ...of(undefined, 'z'), ...of('api', 'b'), ...of('other', 'c'), ...of(undefined, 'd')] },
    {
      a: [['-#', '-|'], '=#~~~~~~=|'],
      z: ['--|          ', '==|'],
      b: ['--|          ', '  wwww==|'],
      c: ['--|          ', '  ==|'],
      d: ['--|          ', '  ==|'],
    },
  ))

test('slow opening: one, then one more for each that is not refused, the first of the plan first', () =>
  void shows(
    { operations: [...of('api', 'a'), ...of(undefined, 'z'), ...of('api', 'b', 'c', 'd', 'e', 'f', 'g', 'h')] },
    {
      a: [['-#', '--|'], '=#~~~~~~==|'],
      z: ['--|           ', '==|'],
      b: ['--|           ', '  wwww==|'],
      c: ['--|           ', '  wwwwww==|'],
      d: ['--|           ', '  wwwwwwww==|'],
      e: ['--|           ', '  wwwwwwww==|'],
      f: ['--|           ', '  wwwwwwww==|'],
      g: ['--|           ', '  wwwwwwww==|'],
      h: ['--|           ', '  wwwwwwwwww==|'],
    },
  ))

test('slow opening: a second refusal closes it again, and what runs goes on', () =>
  void shows(
    { operations: [...of('api', 'a'), ...of(undefined, 'z'), ...of('api', 'b', 'c', 'd')] },
    {
      a: [['-#', '-#', '-|'], '=#~~~~~~=#~~~~=|'],
      z: ['--|                  ', '==|'],
      b: ['--|                  ', '  wwww==|'],
      c: ['----|                ', '  wwwwww====|'],
      d: ['--|                  ', '  wwwwwwwwwwww==|'],
    },
  ))

test('slow opening: a higher priority goes first', () => {
  const [b, c] = of('api', 'b', 'c')
  shows(
    { operations: [...of('api', 'a'), ...of(undefined, 'z'), b!, { ...c!, priority: 'high' }] },
    {
      a: [['-#', '-|'], '=#~~~~~~=|'],
      z: ['--|          ', '==|'],
      b: ['--|          ', '  wwwwww==|'],
      c: ['--|          ', '  wwww==|'],
    },
  )
})

test('no attempt is spent: the first one is refused nine times, and its two attempts are still both there', () => {
  const refused = Array.from({ length: 9 }, () => '-#')
  const operations = of('api', 'a').map((each) => ({ ...each, retry: { attempts: 2 } }))
  const { events, story } = marbleBatch({ pools: { api: 1 }, operations }, { a: [...refused, '--|'] }, { error: refusal(4) })
  const ended = events.find((event) => event.type === 'operation-succeeded')
  assert.is(ended?.attempts, 1)
  assert.is(ended!.at - events[0]!.at, 9 * 5 + 2)
  assert.is(story.filter((line) => line.includes('started a#1')).length, 10)
  assert.is(story.filter((line) => line.includes('pool-closed api')).length, 9)
})

test.run()
