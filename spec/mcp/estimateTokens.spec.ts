import { readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { estimateTokens } from '../../src/mcp/answers/estimateTokens.js'

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

test('nothing is no token', () => {
  assert.is(estimateTokens(''), 0)
})

test.run()
