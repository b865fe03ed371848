import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { report, type ReportStyle } from '../../../../src/cli/run/report/report.js'
import { commandToShow } from '../../../../src/cli/run/report/commandToShow.js'
import { addToDetails, reportDetails } from '../../../../src/cli/run/report/reportDetails.js'
import { unpainted } from '../../../../src/terminal/text/paint.js'
import type { BatchEvent } from '../../../../src/model/event.js'
import type { Summary } from '../../../../src/model/summary.js'
import { events, summaryOf, thrown } from '../../../terminal/events.js'

const test = suite('report')

function told(summary: Partial<Summary>, seen: readonly BatchEvent[] = [], style: Partial<ReportStyle> = {}): string {
  const details = reportDetails()
  for (const event of seen) addToDetails(details, event)
  return report(summaryOf(summary), details, { paint: unpainted, output: true, ...style })
}

const ended = { durationMs: 1, waitedMs: 0, attempts: 1 }

test('of a run in which all went well, two lines', () => {
  assert.is(told({ name: 'site' }), 'site: all 3 operations succeeded in 1.2 s.\nOn average 2.4 operations ran at once, of at most 6.\n')
})

test('one operation, two operations and none at all read as one would say it', () => {
  const counts = (total: number) => ({ total, succeeded: total, failed: 0, skipped: 0, cancelled: 0 })
  assert.is(told({ counts: counts(1), attempts: 1 }), 'the operation succeeded in 1.2 s.\n')
  assert.match(told({ counts: counts(2), attempts: 2 }), /^both operations succeeded in 1\.2 s\.\n/)
  assert.is(told({ counts: counts(0), attempts: 0, makespanMs: 0 }), 'nothing to do.\n')
})

test('what failed by itself comes first, with its output and what was skipped because of it', () => {
  const text = told(
    {
      ok: false,
      counts: { total: 5, succeeded: 1, failed: 1, skipped: 3, cancelled: 0 },
      attempts: 3,
      retries: 1,
      rootCauses: [
        {
          id: 'test',
          error: {
            ...thrown('node exited with code 1.\nMore is in its log.'),
            stdout: 'line 1\n\u001b[31mline 2\u001b[0m\n',
            stderr: 'a warning\n',
          },
          blocked: 3,
        },
      ],
    },
    events(
      { type: 'operation-skipped', at: 0, id: 'pack', reason: 'dependency', because: ['test'] },
      { type: 'operation-skipped', at: 0, id: 'sign', reason: 'dependency', because: ['test'] },
      { type: 'operation-skipped', at: 0, id: 'ship', reason: 'dependency', because: ['test'] },
    ),
  )
  assert.is(
    text,
    `✗ test failed: node exited with code 1.
  More is in its log.
  stdout:
  │ line 1
  │ line 2
  stderr:
  │ a warning
  Because of it, 3 operations were skipped: pack, sign and ship.

The effects of the one operation that succeeded remain.

⊘ pack    skipped because of a failure
⊘ sign    skipped because of a failure
⊘ ship    skipped because of a failure

1 of 5 operations succeeded, 1 failed, 3 were skipped, in 1.2 s.
On average 2.4 operations ran at once, of at most 6. 3 attempts in all, 1 of them a retry.
`,
  )
})

const stopped = (id: string) => ({
  type: 'operation-cancelled' as const,
  at: 0,
  id,
  cause: { type: 'run-timeout' as const, timeoutMs: 5 },
  durationMs: 5,
  waitedMs: 0,
  attempts: 1,
})

test('a skip says whether a failure or a cancellation was the cause', () => {
  const skipped = (id: string, ...because: readonly string[]) => ({
    type: 'operation-skipped' as const,
    at: 0,
    id,
    reason: 'dependency' as const,
    because,
  })
  const text = told(
    { ok: false, counts: { total: 6, succeeded: 0, failed: 1, skipped: 4, cancelled: 1 }, rootCauses: [] },
    events(
      { type: 'operation-failed', at: 0, id: 'bad', error: thrown('no'), durationMs: 5, waitedMs: 0, attempts: 1 },
      stopped('slow'),
      skipped('behind slow', 'slow'),
      skipped('behind bad', 'bad'),
      skipped('behind both', 'slow', 'bad'),
      { type: 'operation-skipped', at: 0, id: 'held', reason: 'policy', because: [] },
      skipped('behind held', 'held'),
    ),
  )
  const notes = text.split('\n').flatMap((line) => {
    const [, id, note] = /^⊘ (.+?) {2,}(.+)$/.exec(line) ?? []
    return id === undefined ? [] : [[id, note]]
  })
  assert.equal(Object.fromEntries(notes) as object, {
    slow: '5 ms  cancelled',
    'behind slow': 'skipped because of a cancellation',
    'behind bad': 'skipped because of a failure',
    'behind both': 'skipped because of a failure',
    held: 'not started',
    'behind held': 'skipped because what it needs did not run',
  })
})

test('of a long output its beginning and above all its end are shown, the more the fewer failed', () => {
  const lines = (most: number) => Array.from({ length: most }, (_, index) => `line ${index + 1}`)
  const causes = (failures: number, text: string) =>
    Array.from({ length: failures }, (_, index) => ({ id: `t${index}`, error: { ...thrown('no'), stdout: text, stderr: '' }, blocked: 0 }))
  const shown = (failures: number, most: number): readonly string[] => {
    const counts = { total: failures, succeeded: 0, failed: failures, skipped: 0, cancelled: 0 }
    const rootCauses = causes(failures, `${lines(most).join('\n')}\n`)
    return told({ ok: false, counts, rootCauses })
      .split('\n')
      .flatMap((line) => (line.startsWith('  │ ') ? [line.slice(4)] : []))
  }
  assert.equal(shown(1, 400), lines(400))
  const cut = shown(1, 1000)
  assert.equal(cut, [...lines(80), '[… 600 lines left out: --json has them …]', ...lines(1000).slice(680)])
  assert.is(shown(20, 100).length, 20 * 21)
})

test('of a rollback each operation that did not start is told once: by what it needed, or by the policy', () => {
  const text = told(
    {
      ok: false,
      counts: { total: 6, succeeded: 0, failed: 2, skipped: 4, cancelled: 0 },
      rootCauses: [
        { id: 'bad', error: thrown('no'), blocked: 4 },
        { id: 'worse', error: thrown('never'), blocked: 1 },
      ],
    },
    events(
      { type: 'operation-skipped', at: 0, id: 'next', reason: 'dependency', because: ['bad'] },
      { type: 'operation-skipped', at: 0, id: 'both', reason: 'dependency', because: ['bad', 'worse'] },
      { type: 'operation-skipped', at: 0, id: 'other', reason: 'policy', because: ['bad'] },
      { type: 'operation-skipped', at: 0, id: 'another', reason: 'policy', because: ['bad'] },
    ),
  )
  assert.is(
    text.split('\n\n').slice(0, 3).join('\n\n'),
    `✗ bad failed: no
  Because of it, 2 operations were skipped: next and both.

✗ worse failed: never

Not started, because onFailure starts no more operations after a failure: other and another.`,
  )
})

test('of very many failures the first twenty are shown and the rest counted', () => {
  const rootCauses = Array.from({ length: 1_000 }, (_, index) => ({ id: `op${index}`, error: thrown('no'), blocked: 0 }))
  const text = told({
    ok: false,
    counts: { total: 2_000, succeeded: 0, failed: 2_000, skipped: 0, cancelled: 0 },
    rootCauses,
    rootCausesOmitted: 1_000,
  })
  assert.is(text.match(/✗/g)?.length, 20)
  assert.match(text, '1,980 more operations failed. --json lists every one.')
})

test('says what was skipped by its own condition, by policy, what was cancelled, and what may still be at work', () => {
  const text = told(
    {
      ok: false,
      counts: { total: 6, succeeded: 1, failed: 0, skipped: 2, cancelled: 3 },
      detached: ['stuck'],
      stoppedBy: { type: 'signal', message: 'the run was interrupted (SIGINT)' },
    },
    events(
      { type: 'operation-succeeded', at: 0, id: 'a', value: 1, ...ended, recoveredFrom: thrown('gone') },
      { type: 'operation-skipped', at: 0, id: 'cleanup', reason: 'gate', because: [] },
      { type: 'operation-skipped', at: 0, id: 'later', reason: 'policy', because: ['x'] },
      { type: 'operation-cancelled', at: 0, id: 'stuck', cause: { type: 'signal', message: 'the run was interrupted (SIGINT)' }, ...ended },
      { type: 'operation-cancelled', at: 0, id: 'other', cause: { type: 'signal', message: 'the run was interrupted (SIGINT)' }, ...ended },
    ),
  )
  assert.is(
    text,
    `Skipped because its condition did not hold: cleanup.
Not started, because onFailure starts no more operations after a failure: later.
Cancelled, because the run was interrupted (SIGINT): stuck and other.
Failed, and replaced by the fallback value: a.
Possibly still running, because the abort was ignored: stuck.
The effects of the one operation that succeeded remain.

✓ a        1 ms  fallback
⊘ cleanup        skipped by its own condition
⊘ later          not started
⊘ stuck    1 ms  cancelled
⊘ other    1 ms  cancelled

1 of 6 operations succeeded, 2 were skipped, 3 were cancelled, in 1.2 s.
On average 2.4 operations ran at once, of at most 6.
The run was interrupted (SIGINT).
`,
  )
})

test('after a rollback: how much was undone, what was not and why, what nothing can undo', () => {
  const text = told(
    {
      ok: false,
      counts: { total: 4, succeeded: 3, failed: 1, skipped: 0, cancelled: 0 },
      rootCauses: [{ id: 'bad', error: thrown('no'), blocked: 0 }],
      rollback: { undone: 1, failed: ['b'], notUndoable: ['mail'] },
      stoppedBy: { type: 'policy', because: ['bad'] },
    },
    events(
      { type: 'operation-undone', at: 0, id: 'a' },
      { type: 'undo-failed', at: 0, id: 'b', error: thrown('b.txt has changed since.') },
    ),
  )
  assert.is(
    text,
    `✗ bad failed: no

Rolled back: 1 operation was undone.
Not undone: b. b.txt has changed since.
Cannot be undone: mail.

3 of 4 operations succeeded, 1 failed, in 1.2 s.
On average 2.4 operations ran at once, of at most 6.
The run was stopped by the failure of bad.
`,
  )
})

test('nothing in an id or a message can move the cursor', () => {
  const text = told({
    ok: false,
    name: 'n\u001b[2J',
    counts: { total: 1, succeeded: 0, failed: 1, skipped: 0, cancelled: 0 },
    rootCauses: [{ id: 'a\u001b[2J', error: thrown('m\u001b]0;x\u0007\nnext\rline'), blocked: 0 }],
  })
  assert.not.match(text.replaceAll('\n', ''), /\p{Cc}/u)
})

const ran = (id: string, durationMs: number) => ({ type: 'operation-succeeded', at: 0, id, value: null, ...ended, durationMs }) as const

test('what ran is listed with its outcome and time', () => {
  const text = told(
    { ok: false, counts: { total: 5, succeeded: 2, failed: 1, skipped: 1, cancelled: 1 }, rootCauses: [] },
    events(
      ran('lint', 40),
      { ...ran('fetch', 1_200), attempts: 3 },
      { type: 'operation-failed', at: 0, id: 'test', error: thrown('no'), ...ended, durationMs: 90 },
      { type: 'operation-skipped', at: 0, id: 'pack', reason: 'dependency', because: ['test'] },
      { type: 'operation-cancelled', at: 0, id: 'watch', cause: { type: 'signal', message: 'stop' }, ...ended, attempts: 0 },
    ),
  )
  assert.match(
    text,
    `
✓ lint   40 ms
✓ fetch  1.2 s  3 attempts
✗ test   90 ms  failed
⊘ pack          skipped because of a failure
⊘ watch         cancelled
`,
  )
})

test('of many only the failures and the slowest are listed', () => {
  const text = told(
    { ok: false, counts: { total: 31, succeeded: 30, failed: 1, skipped: 0, cancelled: 0 } },
    events(...Array.from({ length: 30 }, (_, index) => ran(`op${index}`, index)), {
      type: 'operation-failed',
      at: 0,
      id: 'bad',
      error: thrown('no'),
      ...ended,
    }),
  )
  assert.match(text, '✗ bad  1 ms  failed\nThe slowest:\n✓ op29  29 ms\n✓ op28  28 ms\n✓ op27  27 ms\n✓ op26  26 ms\n✓ op25  25 ms\n')
})

test('the parts of an operation are listed only when they failed', () => {
  const text = told(
    {},
    events(
      { ...ran('all[0]', 1), parent: 'all' },
      { type: 'operation-failed', at: 0, id: 'all[1]', parent: 'all', error: thrown('no'), ...ended },
      ran('all', 2),
      ran('next', 3),
    ),
  )
  assert.match(text, /^✗ all\[1\] {2}1 ms {2}failed\n✓ all {5}2 ms\n✓ next {4}3 ms\n\n/)
})

test('each failure names the command that shows all of it, and lines are broken between words', () => {
  const rootCauses = [{ id: "it's", error: { ...thrown('a message of several words'), stderr: 'line of output\n' }, blocked: 0 }]
  const counts = { total: 1, succeeded: 0, failed: 1, skipped: 0, cancelled: 0 }
  const show = commandToShow('some folder')
  const text = told({ runId: '0123456789', ok: false, counts, rootCauses }, [], { show, columns: 20 })
  assert.is(
    text.split('\n\n')[0],
    `✗ it's failed: a
  message of several
  words
  stderr:
  │ line of output
  Details: millrace show 01234567 'it'\\''s' --root 'some folder'`,
  )
  assert.not.match(told({ ok: false, counts, rootCauses }, [], { output: false }), 'line of output')
})

test.run()
