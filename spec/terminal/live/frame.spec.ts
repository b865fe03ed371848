import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { frame } from '../../../src/terminal/live/frame.js'
import { liveState, observe, type LiveState } from '../../../src/terminal/live/liveState.js'
import { unpainted } from '../../../src/terminal/text/paint.js'
import { widthOf } from '../../../src/terminal/text/width.js'
import type { BatchEvent } from '../../../src/model/event.js'
import { events, noEdges, thrown } from '../events.js'

const test = suite('frame')

const after = (told: readonly BatchEvent[]): LiveState => told.reduce(observe, liveState(0))
const shown = (told: readonly BatchEvent[], now: number, columns = 80, rows = 24): readonly string[] =>
  frame(after(told), { columns, rows }, now, unpainted)
const begun = (operations: number, name?: string) =>
  ({ type: 'run-started', at: 0, operations, concurrency: 6, edges: noEdges, ...(name !== undefined && { name }) }) as const
const started = (id: string, at: number, attempt = 1) => ({ type: 'attempt-started', at, id, attempt }) as const
const succeeded = (id: string, at: number) =>
  ({ type: 'operation-succeeded', at, id, value: 1, durationMs: 1, waitedMs: 0, attempts: 1 }) as const

test('shows what is done, what runs, and what it said last', () => {
  const told = events(
    begun(4, 'site'),
    started('a', 0),
    started('build', 100),
    succeeded('a', 500),
    { type: 'operation-output', at: 600, id: 'build', stream: 'stdout', text: 'compiling\nlink' },
    { type: 'operation-output', at: 700, id: 'build', stream: 'stdout', text: 'ing\n' },
  )
  assert.equal(shown(told, 1_300), ['site ━━━━━━━─────────────────────── 1 of 4 · 1 running · 1.3 s', '• build  1.2 s   linking'])
})

test('shows a failure above what runs, and what is tried again with the wait that is left', () => {
  const told = events(
    begun(4),
    started('flaky', 0),
    started('bad', 0),
    { type: 'attempt-failed', at: 100, id: 'flaky', attempt: 1, error: thrown('busy\nmore'), retryInMs: 400 },
    { type: 'operation-failed', at: 200, id: 'bad', error: thrown('no\nmore'), durationMs: 200, waitedMs: 0, attempts: 1 },
    { type: 'operation-skipped', at: 200, id: 'next', reason: 'dependency', because: ['bad'] },
  )
  assert.equal(shown(told, 200), [
    '━━━━━━━━━━━━━────────────── 2 of 4 · 1 retrying · 1 failed · 1 skipped · 200 ms',
    '✗ bad no more',
    '↻ flaky  attempt 2 in 300 ms  busy more',
  ])
})

test('never takes more than twelve lines: the operations beyond are counted', () => {
  const told = events(begun(50), ...Array.from({ length: 40 }, (_, index) => started(`op${index}`, 0)))
  const lines = shown(told, 0, 80, 50)
  assert.is(lines.length, 12)
  assert.is(lines.at(-1), '  and 30 more')
})

test('leaves a line of a low terminal free, and always shows the counts', () => {
  const told = events(begun(50), ...Array.from({ length: 40 }, (_, index) => started(`op${index}`, 0)))
  for (const rows of [1, 2, 3, 5]) assert.is(shown(told, 0, 80, rows).length, Math.max(1, rows - 1), `${rows} rows`)
})

test('no line is wider than the terminal, whatever the ids and the output hold', () => {
  const told = events(
    begun(3, '名前'.repeat(40)),
    started('大'.repeat(100), 0),
    { type: 'operation-output', at: 0, id: '大'.repeat(100), stream: 'stderr', text: '\u001b[2J👩‍💻'.repeat(50) },
    started('b\u001b[31m\u0007', 0),
  )
  for (const columns of [1, 2, 10, 21, 40, 80, 200])
    for (const line of shown(told, 12_345, columns)) {
      assert.ok(widthOf(line) < Math.max(2, columns), `${columns} columns: ${line}`)
      assert.not.match(line, /\p{Cc}/u)
    }
})

test('a line rewritten with carriage returns shows its last state', () => {
  const told = events(begun(1), started('get', 0), { type: 'operation-output', at: 0, id: 'get', stream: 'stderr', text: ' 10 %\r 50 %\r' })
  assert.is(shown(told, 0)[1], '• get  0 ms    50 %')
})

test('shows progress, and the number of a later attempt', () => {
  const told = events(begun(1), started('get', 0, 2), { type: 'operation-progress', at: 0, id: 'get', fraction: 0.254, message: 'part 3' })
  assert.is(shown(told, 40)[1], '• get  40 ms   attempt 2  25 %  part 3')
})

test('an operation that ended is no longer shown', () => {
  const told = events(begun(2), started('a', 0), succeeded('a', 5))
  assert.equal(shown(told, 10), ['━━━━━━━━━━━━━━━─────────────── 1 of 2 · 10 ms'])
})

test('says so while it is being stopped', () => {
  const state = after(events(begun(2), started('a', 0)))
  state.stopping = true
  for (const columns of [40, 100])
    assert.is(frame(state, { columns, rows: 24 }, 0, unpainted)[1], 'stopping; Ctrl-C again to stop now', `${columns} columns`)
})

test('remembers the last three failures and the operations at work, nothing else', () => {
  const ids = Array.from({ length: 1_000 }, (_, index) => `op${index}`)
  const told = events(
    begun(1_000),
    ...ids.flatMap((id) => [
      started(id, 0),
      { type: 'operation-failed', at: 1, id, error: thrown('no'), durationMs: 1, waitedMs: 0, attempts: 1 } as const,
    ]),
  )
  const state = after(told)
  assert.is(state.running.size, 0)
  assert.is(state.failures.length, 3)
  assert.is(state.failed, 1_000)
})

test('of the counts that do not fit, those that matter least are left out whole', () => {
  const state = after(events(begun(300), started('a', 0), started('b', 0)))
  Object.assign(state, { failed: 4, skipped: 3, cancelled: 2 })
  const at = (columns: number): string => frame(state, { columns, rows: 24 }, 1_200, unpainted)[0]!
  assert.is(at(71), '9 of 300 · 2 running · 4 failed · 3 skipped · 2 cancelled · 1.2 s')
  assert.is(at(60), '─────── 9 of 300 · 2 running · 4 failed · 3 skipped · 1.2 s')
  assert.is(at(50), '───────── 9 of 300 · 2 running · 4 failed · 1.2 s')
  assert.is(at(30), '9 of 300 · 4 failed · 1.2 s')
  assert.is(at(20), '9 of 300 · 4 failed')
})

test('each failure names the command that shows it, as long as enough of its message is left', () => {
  const message = 'the server did not answer within the time that it was given'
  const told = events(begun(3), {
    type: 'operation-failed',
    at: 0,
    id: 'fetch',
    error: thrown(message),
    durationMs: 0,
    waitedMs: 0,
    attempts: 1,
  })
  const show = (runId: string, id?: string): string => `show ${runId}${id === undefined ? '' : ` ${id}`}`
  const at = (columns: number): readonly string[] => frame(after(told), { columns, rows: 24 }, 0, unpainted, show).slice(1)
  assert.equal(at(100), [`✗ fetch ${message}  show r fetch`])
  assert.equal(at(60), ['✗ fetch the server did not answer within the…  show r fetch'])
  assert.equal(at(40), ['✗ fetch the server did not answer…', '  show r'])
})

test('the parts of an operation stand under it', () => {
  const state = liveState(0)
  const began = (id: string, parent?: string): BatchEvent =>
    ({ type: 'attempt-started', runId: 'r', seq: 0, at: 0, id, attempt: 1, ...(parent !== undefined && { parent }) }) as BatchEvent
  for (const event of [began('all'), began('other'), began('all[0]', 'all'), began('all[1]', 'all')]) observe(state, event)
  const lines = frame(state, { columns: 60, rows: 10 }, 0, unpainted)
  assert.equal(
    lines.slice(1).map((line) => line.replace(/ +0 ms.*/, '')),
    ['• all', '•   all[0]', '•   all[1]', '• other'],
  )
})

test.run()
