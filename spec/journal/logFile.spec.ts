import { appendFileSync, readFileSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { decodeLog } from '../../src/journal/log/decodeLog.js'
import { LogDamageError } from '../../src/journal/log/logDamage.js'
import { openLog, type Durability } from '../../src/journal/log/logFile.js'
import { encodeLine } from '../../src/journal/log/logLine.js'
import { OperationFailure } from '../../src/model/operationError.js'
import { tempTree } from '../support/tempTree.js'
import { shortRun } from './shortRun.js'

const test = suite('openLog')

const fresh = (): string => join(tempTree(), 'events.ndjson')
const seqs = (path: string): readonly number[] => decodeLog(readFileSync(path)).events.map(({ seq }) => seq)
const thrown = (call: () => unknown): Error => {
  try {
    call()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('Nothing was thrown.')
}

for (const durability of ['none', 'process', 'power'] satisfies Durability[])
  test(`${durability}: what was flushed is in the file, in order, for this user alone`, async () => {
    const path = fresh()
    const log = openLog(path, durability)
    for (const event of shortRun.slice(0, 3)) log.append(event)
    await log.flush()
    assert.equal(seqs(path), [0, 1, 2])
    assert.is(statSync(path).mode & 0o777, 0o600)
    log.close()
  })

test('without a flush, events are written once the turn is over', async () => {
  const path = fresh()
  const log = openLog(path, 'none')
  log.append(shortRun[0]!)
  assert.equal(seqs(path), [])
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(seqs(path), [0])
  log.close()
})

test('what is held back does not grow without end: it is written at 64 KB', () => {
  const path = fresh()
  const log = openLog(path, 'none')
  for (let seq = 0; seq < 1_000; seq++) log.append({ type: 'attempt-started', runId: 'r', seq, at: 1, id: 'x'.repeat(128), attempt: 1 })
  assert.ok(decodeLog(readFileSync(path)).events.length > 500)
  log.close()
  assert.is(decodeLog(readFileSync(path)).events.length, 1_000)
})

test('power: flushes asked for during a sync are answered by the next one, together', async () => {
  const path = fresh()
  const log = openLog(path, 'power')
  log.append(shortRun[0]!)
  const first = log.flush()
  log.append(shortRun[1]!)
  const second = log.flush()
  log.append(shortRun[2]!)
  const third = log.flush()
  assert.is.not(first, second)
  assert.is(second, third)
  await Promise.all([first, second, third])
  assert.equal(seqs(path), [0, 1, 2])
  log.close()
})

test('a torn last line is cut away on opening, and the run goes on behind the last whole one', async () => {
  const path = fresh()
  const before = openLog(path, 'process')
  for (const event of shortRun.slice(0, 4)) before.append(event)
  before.close()
  truncateSync(path, statSync(path).size - 5)
  const after = openLog(path, 'process')
  after.append(shortRun[3]!)
  await after.flush()
  after.close()
  assert.equal(decodeLog(readFileSync(path)), { events: JSON.parse(JSON.stringify(shortRun.slice(0, 4))) as unknown })
})

test('a damaged log is refused with its place, and left as it is', () => {
  const path = fresh()
  const text = shortRun.map((event) => encodeLine(event)).join('')
  const at = encodeLine(shortRun[0]!).length
  writeFileSync(path, text.replace('"attempt":1', '"attempt":2'))
  const error = thrown(() => openLog(path, 'process'))
  assert.instance(error, LogDamageError)
  assert.match(error.message, `${path}: line 3, at byte `)
  assert.match(error.message, /is damaged: its checksum does not match\.\nThe 2 events before it are intact; nothing after it was read\.$/)
  assert.ok(at > 0 && readFileSync(path, 'utf8').endsWith(encodeLine(shortRun.at(-1)!)))
})

test('an event that does not follow the last one is refused', () => {
  const path = fresh()
  const log = openLog(path, 'process')
  log.append(shortRun[0]!)
  const again = thrown(() => log.append(shortRun[0]!))
  assert.instance(again, OperationFailure)
  assert.is(again.message, `${path} holds 1 event of an earlier run with the id r.\nGive this run another id.`)
  const gap = thrown(() => log.append(shortRun[2]!))
  assert.is(gap.message, `${path} expects event 1 next, and was given event 2 of run r.`)
  log.close()
})

test('a link in place of the log is not followed', () => {
  const root = tempTree({ 'precious.txt': 'precious' })
  symlinkSync(join(root, 'precious.txt'), join(root, 'events.ndjson'))
  assert.match(thrown(() => openLog(join(root, 'events.ndjson'), 'process')).message, /ELOOP/)
  assert.is(readFileSync(join(root, 'precious.txt'), 'utf8'), 'precious')
})

test('after the first failure every flush rejects with it, and the file keeps its good beginning', async () => {
  const path = fresh()
  const log = openLog(path, 'process')
  log.append(shortRun[0]!)
  await log.flush()
  log.close()
  log.append(shortRun[1]!)
  const [first, second] = [
    await log.flush().catch((error: Error) => error.message),
    await log.flush().catch((error: Error) => error.message),
  ]
  assert.is(first, 'EBADF: bad file descriptor, write')
  assert.is(second, first)
  assert.equal(seqs(path), [0])
  appendFileSync(path, '{"half')
  assert.equal(seqs(path), [0])
})

test.run()
