import { EventEmitter } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { liveView } from '../../../src/terminal/live/liveView.js'
import { outputShown } from '../../../src/terminal/output/outputShown.js'
import { unpainted } from '../../../src/terminal/text/paint.js'
import { events, noEdges } from '../events.js'

const test = suite('liveView')

const nothing = (): readonly string[] => []

function screen(columns: number, rows: number) {
  const written: string[] = []
  const size = { columns, rows }
  return { written, size, terminal: Object.assign(new EventEmitter(), { write: (text: string) => void written.push(text) }, size) }
}

test('hides the cursor, draws, takes the drawing away and shows the cursor again', () => {
  const { written, terminal } = screen(40, 10)
  const view = liveView(terminal, unpainted, nothing)
  view.see(events({ type: 'run-started', at: 0, operations: 0, concurrency: 1, edges: noEdges })[0]!)
  terminal.emit('resize')
  view.close()
  assert.is(written[0], '\u001b[?25l')
  assert.match(written[1]!, '0 of 0')
  assert.is(written[2], '\r\u001b[2K\u001b[?25h')
})

test('after it was made narrower it climbs the rows that the old drawing takes now', () => {
  const { written, terminal } = screen(80, 10)
  const view = liveView(terminal, unpainted, nothing)
  for (const event of events(
    { type: 'run-started', at: 0, operations: 2, concurrency: 1, edges: noEdges },
    { type: 'attempt-started', at: 0, id: 'i'.repeat(30), attempt: 1 },
  ))
    view.see(event)
  terminal.emit('resize')
  const widths = written[1]!.split('\n').map((line) => line.length)
  terminal.columns = 20
  terminal.emit('resize')
  view.close()
  const rows = widths.reduce((sum, width) => sum + Math.ceil(width / 20), 0)
  assert.ok(written[2]!.startsWith(`\r\u001b[${rows - 1}A\u001b[2K\u001b[B\u001b[0J\u001b[A`), JSON.stringify(written[2]))
})

test('a terminal that says it has 0 columns and rows is taken for one of 80 by 24', () => {
  const { written, terminal } = screen(0, 0)
  const view = liveView(terminal, unpainted, nothing)
  for (const event of events(
    { type: 'run-started', at: 0, operations: 2, concurrency: 1, edges: noEdges },
    { type: 'attempt-started', at: 0, id: 'a', attempt: 1 },
  ))
    view.see(event)
  terminal.emit('resize')
  view.close()
  const drawn = written[1]!.split('\n')
  assert.is(drawn.length, 2)
  assert.ok(drawn.every((line) => line.length < 80))
  assert.is(written[2], '\r\u001b[1A\u001b[2K\u001b[B\u001b[0J\u001b[A\u001b[?25h')
})

test('leaves no listener for Ctrl-Z behind', () => {
  const listeners = (): readonly number[] => (['SIGTSTP', 'SIGCONT'] as const).map((signal) => process.listenerCount(signal))
  const before = listeners()
  const view = liveView(screen(40, 10).terminal, unpainted, nothing)
  assert.equal(
    listeners(),
    before.map((count) => count + 1),
  )
  view.close()
  assert.equal(listeners(), before)
})

test('gives the cursor back when the process exits', () => {
  const { written, terminal } = screen(40, 10)
  const before = process.listenerCount('exit')
  const view = liveView(terminal, unpainted, nothing)
  assert.is(process.listenerCount('exit'), before + 1)
  view.close()
  view.close()
  assert.is(process.listenerCount('exit'), before)
  assert.is(written.filter((text) => text.includes('\u001b[?25h')).length, 1)
})

test('output stands above the list, under the line that says whose it is, and stays', () => {
  const { written, terminal } = screen(60, 10)
  const view = liveView(terminal, unpainted, outputShown('grouped', unpainted))
  for (const event of events(
    { type: 'run-started', at: 0, operations: 1, concurrency: 1, edges: noEdges },
    { type: 'operation-output', at: 0, id: 'a', stream: 'stdout', text: '3 warnings\n' },
    { type: 'operation-succeeded', at: 0, id: 'a', value: 1, durationMs: 5, waitedMs: 0, attempts: 1 },
  ))
    view.see(event)
  view.close()
  assert.is(written[1], 'ok        a (5 ms)\n  │ 3 warnings\n')
  assert.match(written[2]!, '1 of 1')
})

test.run()
