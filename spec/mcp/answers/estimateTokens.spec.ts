import { readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { estimateTokens } from '../../../src/mcp/size/estimateTokens.js'

const test = suite('estimateTokens')

const bytes = Buffer.concat(Array.from({ length: 300 }, (_, index) => createHash('sha256').update(String(index)).digest()))
const manifest = await readFile('package-lock.json', 'utf8')

const samples: Readonly<Record<string, string>> = {
  prose: (await readFile('docs/operations/file.md', 'utf8')).slice(0, 8_000),
  code: (await readFile('src/mcp/host.ts', 'utf8')).slice(0, 8_000),
  json: manifest.slice(0, 8_000),
  'json on one line': JSON.stringify(JSON.parse(manifest)).slice(0, 8_000),
  base64: bytes.toString('base64'),
  hex: bytes.toString('hex'),
  numbers: Array.from(bytes.subarray(0, 2_000), (byte) => (byte / 7).toFixed(6)).join(','),
  Chinese: '我们的目标是让每一个操作都可以被观察，并且可以被重新计算。'.repeat(50),
  Russian: 'Операция завершилась успешно, файл записан. '.repeat(50),
  'escaped JSON': JSON.stringify(JSON.stringify(JSON.parse(manifest))).slice(0, 8_000),
}

for (const [kind, text] of Object.entries(samples))
  test(`is between 0.93 and 2.2 times what the tokenizer counts for ${kind}`, () => {
    const ratio = estimateTokens(text) / encode(text).length
    assert.ok(ratio > 0.93 && ratio < 2.2, `${ratio}`)
  })

/** Letters of a script in no order: what no language writes, and nothing may be counted for less. */
const scripts: Readonly<Record<string, readonly [from: number, letters: number]>> = {
  'control characters': [0, 31],
  capitals: [65, 26],
  Thai: [0x0e01, 40],
  Ethiopic: [0x1200, 100],
  Arabic: [0x0627, 28],
  Hebrew: [0x05d0, 27],
  Georgian: [0x10d0, 30],
  'mathematical signs': [0x2200, 200],
  'rare ideographs': [0x3400, 400],
  'private use': [0xe000, 300],
}

for (const [script, [from, letters]] of Object.entries(scripts))
  test(`is not below 0.9 times what the tokenizer counts for ${script} in no order`, () => {
    const text = Array.from(bytes.subarray(0, 4_000), (byte, place) => String.fromCharCode(from + ((byte + 7 * place) % letters))).join('')
    const ratio = estimateTokens(text) / encode(text).length
    assert.ok(ratio > 0.9, `${ratio}`)
  })

test('a long run of small letters is no word', () => {
  const text = Array.from(bytes.subarray(0, 4_000), (byte) => String.fromCharCode(97 + (byte % 26))).join('')
  assert.ok(estimateTokens(text) > 0.9 * encode(text).length)
})

test('nothing is no token', () => {
  assert.is(estimateTokens(''), 0)
})

test.run()
