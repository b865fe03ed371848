import { lastValueFrom, of, throwError } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { monitor, operation, runBatch, type AnyEvent } from '../../../src/index.js'
import { showLive } from '../../../src/node.js'

const test = suite('showLive')

function stream(terminal: boolean) {
  const written: string[] = []
  const made = { isTTY: terminal, columns: 60, rows: 10, write: (text: string) => written.push(text), on: () => made, off: () => made }
  return { written, stream: made as unknown as NodeJS.WriteStream }
}
const build = operation('build', ({ output }) => output('stdout', '3 warnings\n'))

test('elsewhere than on a terminal a line for each end, with its output, and the summary at last', async () => {
  const { written, stream: to } = stream(false)
  const summary = await showLive(runBatch([build]).pipe(monitor()), { stream: to, output: 'grouped' })
  assert.is(summary?.counts.succeeded, 1)
  assert.match(written.join(''), /^This run: 1 operation, at most 6 at once\.\nok {8}build \([^)]*\)\n {2}│ 3 warnings\n$/)
})

test('on a terminal the list is gone when it resolves, and the cursor is back', async () => {
  const { written, stream: to } = stream(true)
  await showLive(runBatch([build]), { stream: to })
  assert.match(written.at(-1)!, '\u001b[?25h')
})

test('rejects as the events error, with the view gone', async () => {
  const { written, stream: to } = stream(true)
  const error = await showLive(
    throwError(() => new Error('no water')),
    { stream: to },
  ).catch((reason: unknown) => reason)
  assert.is((error as Error).message, 'no water')
  assert.match(written.at(-1)!, '\u001b[?25h')
})

test('of events without an end the summary is undefined', async () => {
  const first = await lastValueFrom(runBatch([]))
  assert.is(
    await showLive(of<AnyEvent>({ ...first, type: 'operation-undone', id: 'a' } as never), { stream: stream(false).stream }),
    undefined,
  )
})

test('a mistake in its options is told by the call', () => {
  const untyped = showLive as unknown as (...given: readonly unknown[]) => unknown
  assert.throws(
    () => untyped(runBatch([]), { output: 'all' }),
    /^showLive: options\.output: expected one of stream, grouped, failed, none, received "all"\.$/,
  )
})

test.run()
