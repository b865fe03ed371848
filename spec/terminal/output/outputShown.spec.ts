import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { BatchEvent } from '../../../src/model/event.js'
import { outputModes, type OutputMode } from '../../../src/terminal/output/outputMode.js'
import { outputShown } from '../../../src/terminal/output/outputShown.js'
import { hueOf, painted, unpainted } from '../../../src/terminal/text/paint.js'
import { events, thrown } from '../events.js'

const test = suite('outputShown')

const ended = { durationMs: 1, waitedMs: 0, attempts: 1 }
const out = (id: string, text: string, stream: 'stdout' | 'stderr' = 'stdout') =>
  ({ type: 'operation-output', at: 0, id, stream, text }) as const
const ok = (id: string) => ({ type: 'operation-succeeded', at: 0, id, value: null, ...ended }) as const

function shown(mode: OutputMode, seen: readonly BatchEvent[]): readonly (readonly string[])[] {
  const lines = outputShown(mode, unpainted)
  return seen.map(lines)
}

test('stream: a line as soon as it has ended, behind its id; what has no end comes when the operation ends', () => {
  assert.equal(shown('stream', events(out('build', 'one\ntw'), out('b', 'x\n', 'stderr'), out('build', 'o\nthree'), ok('build'))), [
    ['build │ one'],
    ['b     │ x'],
    ['build │ two'],
    ['build │ three'],
  ])
})

test('grouped: all that an operation gave out, on both streams as it came, when it has ended', () => {
  assert.equal(shown('grouped', events(out('a', '1\n'), out('b', 'x\n'), out('a', '2\n', 'stderr'), ok('a'), ok('b'), ok('c'))), [
    [],
    [],
    [],
    ['  │ 1', '  │ 2'],
    ['  │ x'],
    [],
  ])
})

test('grouped: of an operation that was tried again, the output of each attempt', () => {
  const failed = { type: 'attempt-failed', at: 0, id: 'a', attempt: 1, error: thrown('no'), retryInMs: 1 } as const
  assert.equal(shown('grouped', events(out('a', 'first'), failed, out('a', 'second'), ok('a'))).at(-1), ['  │ first', '  │ second'])
})

test('grouped: of more than a person reads, the beginning and the end', () => {
  const line = 'x'.repeat(1_023)
  const lines = shown('grouped', events(...Array.from({ length: 2_000 }, () => out('a', `${line}\n`)), ok('a'))).at(-1)!
  assert.is(lines.length, 256 + 1 + 256)
  assert.is(lines[256], '  │ … 1,488 lines left out …')
})

test('failed and none: nothing while the run goes on', () => {
  for (const mode of ['failed', 'none'] as const) assert.equal(shown(mode, events(out('a', 'x\n'), ok('a'))), [[], []])
  assert.equal(outputModes, ['stream', 'grouped', 'failed', 'none'])
})

test('what a program sends can neither move the cursor nor rewrite a line', () => {
  assert.equal(shown('stream', events(out('a', '10 %\r50 %\r100 %\r\n\u001b[2Jred\nbell\u0007\n')))[0], [
    'a │ 100 %',
    'a │ red',
    'a │ bell\\u{7}',
  ])
})

test('a line that never ends is shown in parts', () => {
  const [first, second] = shown('stream', events(out('a', 'x'.repeat(20_000)), ok('a')))
  assert.is(first!.length, 1)
  assert.equal(second, [])
})

test('an id has the same colour in every run', () => {
  assert.is(hueOf('build'), hueOf('build'))
  const [lines] = events(out('build', 'x\n')).map(outputShown('stream', painted))
  assert.ok(lines![0]!.startsWith(painted(hueOf('build'), 'build │')))
})

test.run()
