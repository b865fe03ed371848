import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { plainView } from '../../../src/terminal/live/plainView.js'
import { unpainted } from '../../../src/terminal/text/paint.js'
import type { BatchEvent } from '../../../src/model/event.js'

const test = suite('plainView')

const undone = (id: string): BatchEvent => ({ type: 'operation-undone', runId: 'r', seq: 0, at: 0, id })
const hint = 'SIGINT: running operations are being ended. A second signal ends them at once.\n'

test('lines wait for the end of the turn, and none stays behind when the view goes or the process ends', async () => {
  const before = process.listeners('exit')
  const pieces: string[] = []
  const view = plainView((text) => pieces.push(text), unpainted)
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
  const view = plainView((text) => pieces.push(text), unpainted)
  view.see(undone('a'))
  view.stopping('SIGINT')
  view.close()
  assert.equal(pieces, [`undone    a\n${hint}`])
})

test.run()
