import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runReference } from '../../../src/cli/pastRuns/runReference.js'
import type { HistoryEntry } from '../../../src/journal/history/historyEntry.js'
import { runRecord } from '../../monitor/history/records.js'

const test = suite('the name of a run')

const entries: readonly HistoryEntry[] = ['3f01', '3fa2', 'b7', 'b7c'].map((runId) => ({
  run: { ...runRecord({}), runId },
  advice: [],
  scored: [],
}))
const place = (text: string, among = entries): number | string => {
  const found = runReference(text, among)
  return found._tag === 'Right' ? found.right : found.left
}

const rows: readonly (readonly [name: string, meant: number | string])[] = [
  ['last', 3],
  ['last~0', 3],
  ['last~3', 0],
  ['3f01', 0],
  ['3fa', 1],
  ['b7', 2],
  ['b7c', 3],
  ['3f', '"3f" matches 2 runs: 3f01 and 3fa2. Give more of the id.'],
  ['last~4', 'last~4: there are only 4 runs here. The earliest is last~3.'],
  ['lost', 'no run here is called "lost". "millrace history" lists them.'],
  ['', 'no run here is called "". "millrace history" lists them.'],
]
for (const [name, meant] of rows) test(`${name || 'nothing'}: ${meant}`, () => assert.is(place(name), meant))

test('there is no run at all', () => {
  assert.is(place('last', []), 'last: there are no finished runs here yet. Run a plan first, or name its root with --root.')
  assert.is(place('last~1', entries.slice(0, 1)), 'last~1: there is only 1 run here. The earliest is last.')
})

test.run()
