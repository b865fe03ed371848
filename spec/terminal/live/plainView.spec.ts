import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { plainView } from '../../../src/terminal/live/plainView.js'
import { outputShown } from '../../../src/terminal/output/outputShown.js'
import { unpainted } from '../../../src/terminal/text/paint.js'
import { events, thrown } from '../events.js'
import type { BatchEvent } from '../../../src/model/event.js'

const test = suite('plainView')

const undone = (id: string): BatchEvent => ({ type: 'operation-undone', runId: 'r', seq: 0, at: 0, id })
const hint = 'SIGINT: aborting running operations, then clean-up runs. A second signal ends everything immediately.\n'

test('lines wait for the end of the turn, and none stays behind when the view goes or the process ends', async () => {
  const before = process.listeners('exit')
  const pieces: string[] = []
  const view = plainView((text) => pieces.push(text), { paint: unpainted, shown: () => [] })
  const [atExit] = process.listeners('exit').filter((listener) => !before.includes(listener))
  view.see(undone('a'))
  view.see(undone('b'))
  assert.equal(pieces, [])
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(pieces, ['undone    a\nundone    b\n'])
  view.see(undone('c'))
  atExit?.(0)
  view.see(undone('d'))
  view.close()
  assert.equal(pieces.slice(1), ['undone    c\n', 'undone    d\n'])
  assert.equal(process.listeners('exit'), before)
})

test('a signal is told at once, behind what was told before', () => {
  const pieces: string[] = []
  const view = plainView((text) => pieces.push(text), { paint: unpainted, shown: () => [] })
  view.see(undone('a'))
  view.stopping('SIGINT')
  view.close()
  assert.equal(pieces, [`undone    a\n${hint}`])
})

test('in GitHub Actions the output of what succeeded is a group to unfold; what failed stays open', () => {
  const pieces: string[] = []
  const view = plainView((text) => pieces.push(text), { paint: unpainted, shown: outputShown('grouped', unpainted), folded: true })
  const ended = { durationMs: 5, waitedMs: 0, attempts: 1 }
  for (const event of events(
    { type: 'operation-output', at: 0, id: 'a', stream: 'stdout', text: 'one\n' },
    { type: 'operation-output', at: 0, id: 'b', stream: 'stderr', text: 'two\n' },
    { type: 'operation-succeeded', at: 0, id: 'a', value: 1, ...ended },
    { type: 'operation-failed', at: 0, id: 'b', error: thrown('no'), ...ended },
    { type: 'operation-succeeded', at: 0, id: 'c', value: 1, ...ended },
  ))
    view.see(event)
  view.close()
  assert.is(
    pieces.join(''),
    `::group::ok        a (5 ms)
  │ one
::endgroup::
failed    b (5 ms): no
  │ two
ok        c (5 ms)
`,
  )
})

test.run()
