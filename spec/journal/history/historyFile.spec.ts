import { appendFileSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { HistoryEntry } from '../../../src/journal/history/historyEntry.js'
import { historyEntryOf } from '../../../src/journal/history/historyEntryOf.js'
import { appendHistory, readHistory, replaceHistory } from '../../../src/journal/history/historyFile.js'
import { runRecord, typeRecord } from '../../monitor/history/records.js'
import { tempTree } from '../../support/tempTree.js'

const test = suite('the history')

const entry = (runId: string): HistoryEntry => ({
  run: { ...runRecord({ types: [typeRecord('file.write', [1, 2])] }), runId },
  advice: [],
  scored: [],
})
const ids = async (root: string): Promise<readonly string[]> => (await readHistory(root)).entries.map(({ run }) => run.runId)
const fileOf = (root: string): string => join(root, '.millrace/history.ndjson')

test('is empty where no run has finished', async () => {
  assert.equal(await readHistory(tempTree()), { entries: [], unreadable: 0 })
})

test('gives back each line as it was written, in order, for this user alone', async () => {
  const root = tempTree()
  const advised = historyEntryOf(runRecord({ criticalPathMs: 990 }), 'plan.yaml', [])
  assert.ok(advised.advice.length > 0)
  await appendHistory(root, entry('a'))
  await appendHistory(root, advised)
  assert.equal((await readHistory(root)).entries, [entry('a'), advised])
  assert.is(statSync(fileOf(root)).mode & 0o777, 0o600)
})

test('a torn last line is left out, and does not swallow the next one', async () => {
  const root = tempTree()
  await appendHistory(root, entry('a'))
  appendFileSync(fileOf(root), '{"run":{"v":"1","runId":"to')
  assert.equal(await ids(root), ['a'])
  await appendHistory(root, entry('b'))
  assert.equal(await ids(root), ['a', 'b'])
  assert.is((await readHistory(root)).unreadable, 1)
})

test('holds every line of many runs that end at once', async () => {
  const root = tempTree()
  const many = Array.from({ length: 40 }, (_, index) => `run-${index}`)
  await Promise.all(many.map((id) => appendHistory(root, entry(id))))
  assert.equal([...(await ids(root))].sort(), [...many].sort())
})

test('a line of another version is counted, not guessed at', async () => {
  const root = tempTree()
  await appendHistory(root, entry('a'))
  const line = readFileSync(fileOf(root), 'utf8')
  writeFileSync(fileOf(root), line.replace('"v":"1"', '"v":"2"') + line)
  assert.equal([await ids(root), (await readHistory(root)).unreadable], [['a'], 1])
})

test('is replaced in one step', async () => {
  const root = tempTree()
  await appendHistory(root, entry('a'))
  await replaceHistory(root, [entry('b'), entry('c')])
  assert.equal(await ids(root), ['b', 'c'])
})

test('a link in its place is not followed', async () => {
  const root = tempTree({ precious: 'precious', '.millrace': null })
  symlinkSync('../precious', fileOf(root))
  const error = await appendHistory(root, entry('a')).catch((thrown: Error) => thrown.message)
  assert.match(error ?? 'it was written', /ELOOP/)
  assert.is(readFileSync(join(root, 'precious'), 'utf8'), 'precious')
})

test.run()
