import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { plainLine } from '../../../src/terminal/live/plainLine.js'
import { unpainted } from '../../../src/terminal/text/paint.js'
import { events, noEdges, thrown } from '../events.js'

const test = suite('plainLine')

const ended = { durationMs: 1_200, waitedMs: 0, attempts: 1 }

test('one line for the start, each retry and each end; none for the rest', () => {
  const told = events(
    { type: 'run-started', at: 0, name: 'site', operations: 12, concurrency: 6, edges: noEdges },
    { type: 'operation-ready', at: 0, id: 'a', name: 'file.read' },
    { type: 'attempt-started', at: 0, id: 'a', attempt: 1 },
    { type: 'operation-output', at: 0, id: 'a', stream: 'stdout', text: 'x\n' },
    { type: 'attempt-failed', at: 0, id: 'a', attempt: 1, error: thrown('busy\nmore'), retryInMs: 200 },
    { type: 'operation-succeeded', at: 0, id: 'a', value: 1, ...ended, attempts: 2 },
    { type: 'operation-succeeded', at: 0, id: 'b', value: 1, ...ended, durationMs: 0, sharedWith: 'a' },
    { type: 'operation-succeeded', at: 0, id: 'c', value: 1, ...ended, recoveredFrom: thrown('gone') },
    { type: 'attempt-failed', at: 0, id: 'd', attempt: 1, error: thrown('no') },
    { type: 'operation-failed', at: 0, id: 'd', error: thrown('no\nmore'), ...ended },
    { type: 'operation-skipped', at: 0, id: 'e', reason: 'dependency', because: ['d', 'x'] },
    { type: 'operation-skipped', at: 0, id: 'f', reason: 'gate', because: [] },
    { type: 'operation-skipped', at: 0, id: 'g', reason: 'policy', because: ['d'] },
    { type: 'operation-cancelled', at: 0, id: 'h', cause: { type: 'run-timeout', timeoutMs: 5_000 }, ...ended },
    { type: 'operation-cancelled', at: 0, id: 'i\u001b[2J', cause: { type: 'policy', because: ['d'] }, ...ended },
  )
  assert.equal(
    told.map((event) => plainLine(event, unpainted)).filter((line) => line !== undefined),
    [
      'site: 12 operations, at most 6 at once.',
      'retry     a: attempt 1 failed, the next in 200 ms: busy more',
      'ok        a (1.2 s, 2 attempts)',
      'ok        b (0 ms, shared with a)',
      'ok        c (1.2 s, its fallback value was used: gone)',
      'failed    d (1.2 s): no more',
      'skipped   e: it needs d and x.',
      'skipped   f: its condition did not hold.',
      'skipped   g: no more operations start after the failure of d.',
      'cancelled h: the run took longer than its 5.0 s.',
      'cancelled i\\u{1b}[2J: the run stops after the failure of d.',
    ],
  )
})

test.run()
