import { crc32 } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { decodeLog, logDecoder } from '../../src/journal/log/decodeLog.js'
import { describeDamage } from '../../src/journal/log/logDamage.js'
import { encodeLine } from '../../src/journal/log/logLine.js'
import { shortRun } from './shortRun.js'

const test = suite('decodeLog')

const lines = shortRun.map((event) => encodeLine(event))
const bytes = Buffer.from(lines.join(''))
const json = (values: unknown): unknown => JSON.parse(JSON.stringify(values))
const starts = lines.map((_, index) => Buffer.byteLength(lines.slice(0, index).join('')))

test('gives back every event as it was written', () => {
  assert.equal(decodeLog(bytes), { events: json(shortRun) })
})

test('an empty log holds nothing and lacks nothing', () => {
  assert.equal(decodeLog(Buffer.alloc(0)), { events: [] })
})

test('each line is JSON by itself, with the checksum as its last field', () => {
  for (const [index, line] of lines.entries()) {
    const { crc, ...event } = JSON.parse(line) as { crc: string }
    assert.match(crc, /^[0-9a-f]{8}$/)
    assert.equal(event, json(shortRun[index]))
  }
})

test('cut at any byte: the exact events before it, and where the torn line begins', () => {
  for (let length = 0; length <= bytes.length; length++) {
    const { events, cutAt, damage } = decodeLog(bytes.subarray(0, length))
    const whole = starts.filter((start, index) => start + Buffer.byteLength(lines[index]!) <= length).length
    const torn = starts[whole] !== undefined && starts[whole] < length ? starts[whole] : undefined
    assert.is(events.length, whole, `cut at ${length}`)
    assert.is(cutAt, torn, `cut at ${length}`)
    assert.is(damage, undefined)
  }
})

test('a bit flipped anywhere: the exact events before it, and the damage with its place or the torn end', () => {
  const good = json(shortRun) as unknown[]
  for (let offset = 0; offset < bytes.length; offset++)
    for (const bit of [0, 3, 5, 7]) {
      const flipped = Buffer.from(bytes)
      flipped[offset]! ^= 1 << bit
      const at = starts.findLastIndex((start) => start <= offset)
      const { events, cutAt, damage } = decodeLog(flipped)
      assert.equal(events, good.slice(0, at), `byte ${offset}, bit ${bit}`)
      // The last line's own end is the one byte that cannot be told from a write that was interrupted.
      if (offset === bytes.length - 1) assert.is(cutAt, starts[at])
      else assert.equal(damage, { reason: 'checksum', offset: starts[at]!, line: at + 1 }, `byte ${offset}, bit ${bit}`)
    }
})

test('a line left out, written twice or from another run is damage, although each is whole', () => {
  const [first = '', second = '', third = ''] = lines
  const other = encodeLine({ ...shortRun[1]!, runId: 'another' })
  for (const text of [first + third, first + first, first + other + third, second]) {
    const at = text === second ? 0 : starts[1]!
    assert.equal(decodeLog(Buffer.from(text)).damage, { reason: 'order', offset: at, line: at === 0 ? 1 : 2 })
  }
})

test('a whole line that is no event of this version is damage, and not guessed at', () => {
  const whole = { ...shortRun[1]!, seq: 1 }
  const { runId: _runId, ...unstamped } = whole
  for (const value of [{ ...whole, type: 'operation-dreamt' }, unstamped, { ...whole, at: 'noon' }]) {
    // Sealed as a later version would: with the right checksum.
    const body = JSON.stringify(value).slice(0, -1)
    const line = `${body},"crc":"${crc32(body).toString(16).padStart(8, '0')}"}\n`
    const { events, damage } = decodeLog(Buffer.from(lines[0]! + line))
    assert.is(events.length, 1)
    assert.equal(damage, { reason: 'not-an-event', offset: starts[1]!, line: 2 })
  }
})

test('zeros behind the last line, as a power cut leaves them, are a torn end', () => {
  assert.is(decodeLog(Buffer.concat([bytes, Buffer.alloc(4096)])).cutAt, bytes.length)
})

test('reads in pieces of any size what it reads whole', () => {
  for (const size of [1, 7, 64, 1000]) {
    const decoder = logDecoder()
    const events: unknown[] = []
    for (let from = 0; from < bytes.length; from += size) events.push(...decoder.push(bytes.subarray(from, from + size)))
    assert.equal(events, json(shortRun))
    assert.equal(decoder.end(), {})
  }
})

test('says what is damaged, where, and what can still be used', () => {
  assert.is(
    describeDamage({ reason: 'checksum', offset: 812, line: 5 }, 'events.ndjson'),
    'events.ndjson: line 5, at byte 812, is damaged: its checksum does not match.\nThe 4 events before it are intact; nothing after it was read.',
  )
  assert.is(
    describeDamage({ reason: 'order', offset: 0, line: 1 }, 'events.ndjson'),
    'events.ndjson: line 1, at byte 0, is not the next event in sequence.\nNo event can be used.',
  )
  assert.is(
    describeDamage({ reason: 'not-an-event', offset: 90, line: 2 }, 'events.ndjson'),
    'events.ndjson: line 2, at byte 90, is not an event that this version knows.\nThe event before it is intact; nothing after it was read.',
  )
})

test.run()
