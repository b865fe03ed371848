import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { lastValueFrom, tap } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import { decodeLog } from '../../src/journal/log/decodeLog.js'
import { fileJournal } from '../../src/journal/fileJournal.js'
import { openLog } from '../../src/journal/log/logFile.js'
import { operation } from '../../src/model/code/createOperation.js'
import type { BatchEvent, OperationOutput } from '../../src/model/event.js'
import { tempTree } from '../support/tempTree.js'

const test = suite('output in the event log')

type Say = readonly (readonly ['stdout' | 'stderr', string])[]

/** The events of a run as it told them, and as its log has them. */
async function logged(
  outputBytes: number,
  says: Readonly<Record<string, Say>>,
): Promise<readonly [told: readonly BatchEvent[], log: readonly BatchEvent[]]> {
  const root = tempTree()
  const operations = Object.entries(says).map(([id, say]) =>
    operation(id, async ({ output }) => {
      for (const [stream, text] of say) {
        output(stream, text)
        await Promise.resolve()
      }
    }),
  )
  const told: BatchEvent[] = []
  const run = runBatch(operations, { journal: fileJournal({ root, outputBytes }), runId: 'r' })
  await lastValueFrom(run.pipe(tap((event) => void told.push(event))))
  const { events, damage, cutAt } = decodeLog(readFileSync(join(root, '.millrace/runs/r/events.ndjson')))
  assert.equal([damage, cutAt], [undefined, undefined])
  // As text has them: a field without a value is none.
  return [JSON.parse(JSON.stringify(told)) as readonly BatchEvent[], events]
}

const outputOf = (events: readonly BatchEvent[], id: string): readonly OperationOutput[] =>
  events.flatMap((event) => (event.type === 'operation-output' && event.id === id ? [event] : []))
const textOf = (events: readonly BatchEvent[], id: string): string =>
  outputOf(events, id)
    .map(({ text }) => text)
    .join('')

test('is whole up to the bound', async () => {
  const [told, log] = await logged(10, { a: [['stdout', '01234']], b: [['stderr', '01234']] })
  assert.equal(log, told)
})

test('has its beginning and its end beyond it, and says how much is left out', async () => {
  const say = Array.from({ length: 100 }, (_, n): Say[number] => ['stdout', `${n}`.padStart(3, '0')])
  const [told, log] = await logged(24, { a: say })
  assert.is(textOf(log, 'a'), '000001002003\n[… 276 bytes left out …]\n096097098099')
  assert.equal(
    outputOf(log, 'a').map(({ omitted }) => omitted),
    [undefined, undefined, undefined, undefined, 276, undefined, undefined, undefined],
  )
  const others = (events: readonly BatchEvent[]): readonly BatchEvent[] => events.filter(({ type }) => type !== 'operation-output')
  assert.equal(others(log), others(told))
})

test('has the end of a single piece that is longer than the bound, by whole characters', async () => {
  const [, log] = await logged(10, { a: [['stdout', 'é'.repeat(50)]] })
  assert.is(textOf(log, 'a'), '\n[… 96 bytes left out …]\néé')
})

test('can be left out altogether', async () => {
  const [, log] = await logged(0, { a: [['stdout', 'abc']] })
  assert.is(textOf(log, 'a'), '\n[… 3 bytes left out …]\n')
})

test('of each operation is bounded by itself, whatever the order of the pieces', () =>
  fc.assert(
    fc.asyncProperty(
      fc.dictionary(
        fc.constantFrom('a', 'b', 'c'),
        fc.array(fc.tuple(fc.constantFrom('stdout' as const, 'stderr' as const), fc.string({ minLength: 1, maxLength: 12 })), {
          maxLength: 12,
        }),
      ),
      fc.integer({ min: 0, max: 60 }),
      async (says, bound) => {
        const [told, log] = await logged(bound, says)
        for (const id of Object.keys(says)) {
          const [whole, kept] = [Buffer.from(textOf(told, id)), outputOf(log, id)]
          const omitted = kept.reduce((sum, event) => sum + (event.omitted ?? 0), 0)
          const marks = kept.filter((event) => event.omitted !== undefined).length
          assert.ok(marks <= 1)
          const text = kept.map((event) => (event.omitted === undefined ? event.text : event.text.split('left out …]\n')[1]!))
          assert.is(Buffer.byteLength(text.join('')) + omitted, whole.length)
          const split = kept.findIndex((event) => event.omitted !== undefined)
          if (split === -1) assert.is(text.join(''), whole.toString())
          else {
            assert.ok(whole.toString().startsWith(text.slice(0, split).join('')))
            assert.ok(whole.toString().endsWith(text.slice(split).join('')))
            assert.ok(Buffer.byteLength(text.join('')) <= bound + 1)
          }
        }
      },
    ),
    { numRuns: 60 },
  ))

test('that was left out is no damage, and a log of it goes on where it ended', () => {
  const path = join(tempTree(), 'log')
  const event = (seq: number, rest: object): BatchEvent => ({ runId: 'r', seq, at: seq, ...rest }) as BatchEvent
  const first = openLog(path, 'process', 4)
  const outputs = Array.from({ length: 5 }, (_, n) => event(n + 1, { type: 'operation-output', id: 'a', stream: 'stdout', text: 'abc' }))
  for (const each of [event(0, { type: 'run-started' }), ...outputs, event(6, { type: 'operation-succeeded', id: 'a' })]) first.append(each)
  first.close()
  const again = openLog(path, 'process')
  again.append(event(7, { type: 'run-finished' }))
  again.close()
  const { events, damage } = decodeLog(readFileSync(path))
  assert.is(damage, undefined)
  assert.equal(
    events.map(({ seq }) => seq),
    [0, 5, 6, 7],
  )
})

test('that is missing without being left out is damage', () => {
  const path = join(tempTree(), 'log')
  const event = (seq: number, type: string): BatchEvent => ({ runId: 'r', seq, at: seq, type }) as unknown as BatchEvent
  const log = openLog(path, 'process')
  for (const each of [event(0, 'run-started'), event(1, 'operation-ready'), event(2, 'run-finished')]) log.append(each)
  log.close()
  const lines = readFileSync(path, 'utf8').split('\n')
  assert.is(decodeLog(Buffer.from([lines[0], lines[2], ''].join('\n'))).damage?.reason, 'order')
})

test.run()
