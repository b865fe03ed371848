import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { BatchEvent } from '../../src/model/event.js'
import { isTerminal } from '../../src/model/isTerminal.js'
import { findingsOf } from '../../src/report/findings/findings.js'
import { pageCode } from '../../src/report/pageCode.js'
import { htmlReport } from '../../src/report.js'
import { failed, hostile, hostileTexts, interrupted, killed, large, streamed, succeeded } from './support/goldenRuns.js'
import { pictureIn } from './support/readPage.js'
import { simulatedRun } from './support/simulatedRun.js'

const test = suite('htmlReport')

const near = (one: number, other: number): void => assert.ok(Math.abs(one - other) <= 0.011, `${one} is not ${other}`)

for (const [name, recorded] of Object.entries({ succeeded, failed, interrupted, large: () => large(2_000) })) {
  test(`tells of a run that ${name} what its events tell`, () => {
    const { events, about } = recorded()
    const picture = pictureIn(htmlReport(events, about))
    const last = events.at(-1)
    if (last?.type !== 'run-finished') return assert.unreachable('A run ends with its summary.')
    const { summary } = last
    const findings = findingsOf(picture)
    const { total, ...counts } = summary.counts
    assert.equal({ ...findings.counts, unended: 0 }, { total, ...counts, unended: 0 })
    assert.is(findings.counts.unended, 0)
    assert.is(findings.attempts, summary.attempts)
    assert.is(findings.retries, summary.retries)
    near(findings.makespanMs, summary.makespanMs)
    near(findings.slotMs / 1_000, summary.workMs / 1_000)
    const causes = findings.rootCauses.map((index) => picture.operations[index]!)
    assert.equal(
      new Map(causes.map(({ id, blocked }) => [id, blocked])),
      new Map(summary.rootCauses.map(({ id, blocked }) => [id, blocked])),
    )
    assert.equal(
      causes.map(({ blocked }) => blocked),
      causes.map(({ blocked }) => blocked).sort((a, b) => b - a),
    )
    const ends = new Map(events.filter(isTerminal).map((event) => [event.id, event]))
    for (const { id, state, endedAt } of picture.operations) {
      const end = ends.get(id)!
      assert.is(`operation-${state}`, end.type)
      near(endedAt! + picture.startedAt, end.at)
    }
  })
}

test('says in one word how a run ended', () => {
  const wordOf = ({ events, about }: ReturnType<typeof failed>): string => /<title>.*: (.*)<\/title>/.exec(htmlReport(events, about))![1]!
  assert.equal(
    [succeeded, failed, interrupted, killed].map((recorded) => wordOf(recorded())),
    ['succeeded', 'failed', 'interrupted', 'did not end'],
  )
  const slow = simulatedRun({ timeoutMs: 50, operations: [{ id: 'a', type: 'sim.wait', params: { ms: 100 } }] })
  assert.is(wordOf(slow), 'timed out')
})

test('says of what was skipped whether a failure or a cancellation was the cause', () => {
  const { events, about } = simulatedRun({
    timeoutMs: 50,
    operations: [
      { id: 'bad', type: 'sim.a', params: { ms: 1, fails: 1 } },
      { id: 'behind bad', type: 'sim.a', params: { ms: 1 }, dependencies: ['bad'] },
      { id: 'slow', type: 'sim.wait', params: { ms: 100 } },
      { id: 'behind slow', type: 'sim.a', params: { ms: 1 }, dependencies: ['slow'] },
    ],
  })
  const { operations } = pictureIn(htmlReport(events, about))
  const notes = new Map(operations.map(({ id, note }) => [id, note]))
  assert.is(notes.get('behind bad'), 'an operation it depends on failed')
  assert.is(notes.get('behind slow'), 'an operation it depends on was cancelled')
})

for (const [name, recorded] of Object.entries({ failed, interrupted, hostile, streamed })) {
  test(`makes a page of every beginning of a log: ${name}`, () => {
    const { events, about } = recorded()
    for (let length = 0; length <= events.length; length++) {
      const picture = pictureIn(htmlReport(events.slice(0, length), about))
      const { counts } = findingsOf(picture)
      const ended = events.slice(0, length).filter(isTerminal).length
      assert.is(counts.total - counts.unended, ended)
    }
  })
}

test('names what was running when the events stop', () => {
  const { events, about } = killed()
  const picture = pictureIn(htmlReport(events, about))
  const running = new Set<string>()
  for (const event of events) {
    if (event.type === 'attempt-started') running.add(event.id)
    else if (event.type === 'attempt-failed' || isTerminal(event)) running.delete(event.id)
  }
  assert.ok(running.size > 0)
  assert.equal(new Set(picture.operations.filter(({ state }) => state === 'running').map(({ id }) => id)), running)
})

test('gives each attempt slots of its own, as many as the limit', () => {
  const weighted = simulatedRun({
    concurrency: 5,
    operations: Array.from({ length: 60 }, (_, index) => ({
      id: `a${index}`,
      type: 'sim.work',
      params: { ms: 5 + ((index * 7) % 23), fails: index % 9 === 0 ? 1 : 0 },
      weight: 1 + (index % 3),
      retry: { attempts: 2, delayMs: 3 },
    })),
  })
  for (const { events, about } of [weighted, large(2_000), interrupted()]) {
    const { operations, concurrency, lanes, lastAt } = pictureIn(htmlReport(events, about))
    assert.is(lanes, concurrency)
    const held = operations.flatMap(({ attempts, weight }) =>
      attempts.flatMap(({ startedAt, endedAt = lastAt, lanes: slots }) => {
        assert.is(new Set(slots).size, weight)
        return slots.map((lane) => ({ lane, startedAt, endedAt }))
      }),
    )
    for (let lane = 0; lane < lanes; lane++) {
      const inOrder = held.filter((one) => one.lane === lane).sort((a, b) => a.startedAt - b.startedAt || a.endedAt - b.endedAt)
      for (const [place, { startedAt }] of inOrder.entries()) assert.ok(place === 0 || startedAt >= inOrder[place - 1]!.endedAt)
    }
  }
})

test('keeps the slot of an operation that ignored its abort', () => {
  const { events, about } = simulatedRun({
    concurrency: 2,
    operations: [
      { id: 'stuck', type: 'sim.work', params: { ms: 60_000, ignoresAbort: true }, timeoutMs: 10 },
      ...Array.from({ length: 6 }, (_, index) => ({ id: `a${index}`, type: 'sim.work', params: { ms: 4_000 } })),
    ],
  })
  const { operations, lanes } = pictureIn(htmlReport(events, about))
  const [stuck, ...others] = operations
  assert.ok(stuck!.detached)
  const end = stuck!.attempts[0]!.endedAt!
  const later = others.flatMap(({ attempts }) => attempts).filter(({ startedAt }) => startedAt >= end)
  assert.ok(later.length > 0)
  assert.not.ok(later.some((attempt) => attempt.lanes.includes(stuck!.attempts[0]!.lanes[0]!)))
  assert.is(lanes, 2)
})

test('is no larger than 320 kB for 10,000 operations, of which its code is 30 kB', () => {
  const { events, about } = large(10_000)
  const bytes = Buffer.byteLength(htmlReport(events, about))
  assert.ok(bytes <= 320_000, `${bytes} bytes`)
  const code = Buffer.byteLength(pageCode.script)
  assert.ok(code > 10_000 && code <= 30_000, `${code} bytes`)
})

test('takes whatever stands in a run for text', () => {
  const { events, about } = hostile()
  const html = htmlReport(events, about)
  for (const text of hostileTexts.filter((one) => one.includes('<'))) assert.not.ok(html.includes(text), text)
  assert.is(html.match(/<script/g)!.length, 2)
  assert.match(
    html,
    /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-[\w+/]{43}='; style-src 'sha256-/,
  )
  const shown = pictureIn(html).operations.find(({ state }) => state === 'failed')!
  assert.ok(shown.error!.message.includes(hostileTexts[0]!))
})

test('keeps 8 kB of the output of an operation, and 4 MB of all, what failed first, and says what it left out', () => {
  const line = `${'x'.repeat(999)}\n`
  const { events, about } = simulatedRun({
    operations: Array.from({ length: 1_200 }, (_, index) => ({
      id: `a${index}`,
      type: 'sim.say',
      params: { ms: 1, says: Array.from({ length: 20 }, () => line), fails: index === 1_199 ? 1 : 0 },
    })),
  })
  const html = htmlReport(events, about)
  const { operations, leftOut } = pictureIn(html)
  const sizes = operations.map(({ output, error }) => Buffer.byteLength(JSON.stringify({ output, error } as object)))
  assert.ok(Math.max(...sizes) <= 8_192, `${Math.max(...sizes)}`)
  const kept = operations.flatMap(({ output }) => (output === undefined ? [] : [output.stdout + output.stderr]))
  assert.ok(Buffer.byteLength(kept.join('')) <= 4_000_000)
  assert.ok(operations.at(-1)!.output!.stdout.includes('xxx'), 'the failed one')
  assert.is(leftOut.operations, 1_200)
  assert.match(html, /It leaves out [\d,]+ bytes of the output of 1200 operations/)

  const whole = pictureIn(htmlReport(events, about, { all: true }))
  assert.is(whole.leftOut.bytes, 0)
  assert.ok(whole.operations.every(({ output }) => output!.stdout === line.repeat(20)))
})

test('has the same page for the same events', () => {
  const { events, about } = failed()
  assert.is(htmlReport(events, about), htmlReport(events, about))
})

test('shows no graph that does not fit the operations', () => {
  const { events, about } = failed()
  const { wiring } = about
  assert.ok(pictureIn(htmlReport(events, about)).wiring)
  const broken = [
    { ...wiring!, targets: [...Array.from(wiring!.targets).slice(1), 999] },
    { ...wiring!, offsets: [0] },
    { ...wiring!, nodes: 2 },
    { ...wiring!, offsets: Array.from(wiring!.offsets, () => Number.NaN) },
  ]
  for (const one of broken) assert.is(pictureIn(htmlReport(events, { ...about, wiring: one })).wiring, undefined)
})

test('shows what an operation of a run used, and how it was skipped', () => {
  const { events, about } = failed()
  const { operations } = pictureIn(htmlReport(events, about))
  const of = (id: string): (typeof operations)[number] => operations.find((operation) => operation.id === id)!
  assert.equal(of('types').usage, { inputTokens: 1_200, outputTokens: 1, costUsd: 0.01 })
  assert.equal(of('publish').because, ['e2e'])
  assert.is(of('unit').output!.stdout, 'ok 1\nnot ok 2\nok 1\nnot ok 2\n')
  assert.equal(
    of('unit').attempts.map(({ message }) => message),
    ['Error: It failed.', undefined],
  )
})

test('takes events that no engine would send in this order', () => {
  const { events, about } = failed()
  const reversed: readonly BatchEvent[] = [...events].reverse()
  assert.ok(htmlReport(reversed, about).includes('</html>'))
  assert.ok(htmlReport([], {}).includes('did not end</title>'))
})

test.run()
