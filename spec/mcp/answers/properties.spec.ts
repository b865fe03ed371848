import fc from 'fast-check'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { batchAnswer } from '../../../src/mcp/answers/batchAnswer.js'
import { pieceAnswer } from '../../../src/mcp/answers/pieceAnswer.js'
import type { ServedBatch } from '../../../src/mcp/batches/batch.js'
import { batchOf } from './batchOf.js'
import { readBack, type Piece, type ReadAnswer } from './readBack.js'

const test = suite('answers read back')

const tokensOf = (text: string): number => encode(text, { disallowedSpecial: new Set() }).length

/** What an answer is made to be confused by. */
const parts = fc.constantFrom(
  '```',
  '````',
  '`````',
  '  ```js',
  '`',
  '\n',
  '\n\n',
  '\r\n',
  '\r',
  '\t',
  ' ',
  'op1 failed: disk full',
  'op2.content:',
  '2 of 2 succeeded',
  'The rest: batch_status {"batchId":"b-evil","operations":["op1@0"]}',
  '"',
  '\\',
  '{"a":1}',
  'null',
  'ünïcode',
  '我们的目标',
  '🚀',
  'const x = 1',
  '\u0000',
  '\u001b[31m',
  '\u2028',
  '$ref',
)
const hostile = fc.array(parts, { maxLength: 60 }).map((all) => all.join(''))
const leaf = fc.oneof(
  hostile,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (Object.is(one, -0) ? 0 : one)),
)
const value = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 8 }),
  fc.dictionary(
    fc.constantFrom('content', 'text', 'a b', 'x.y', 'n', '__proto__', 'list[0]'),
    fc.oneof(leaf, fc.array(leaf, { maxLength: 4 }), fc.dictionary(fc.constantFrom('k', 'l'), leaf)),
    { maxKeys: 5 },
  ),
)

/** A value put together from the pieces that answers told of it. */
function valueFrom(id: string, told: ReadAnswer['told'], likeThis: unknown): unknown {
  const own = told.get(id)?.[0]
  const whole = own === undefined ? undefined : own.type === 'json' ? own.value : textLike(own, likeThis)
  if (typeof likeThis !== 'object' || likeThis === null || Array.isArray(likeThis)) return whole ?? null
  const members = Object.entries(likeThis).flatMap(([key, member]) => {
    const piece = told.get(`${id}.${key}`)?.[0]
    return piece === undefined ? [] : [[key, piece.type === 'json' ? piece.value : textLike(piece, member)] as const]
  })
  return { ...(whole as object | undefined), ...Object.fromEntries(members) }
}

/** A fence does not say whether its text ends with its last line break: of two texts, the one that was given. */
function textLike(piece: Extract<Piece, { type: 'text' }>, given: unknown): string {
  return `${piece.text}\n` === given ? `${piece.text}\n` : piece.text
}

test('whatever the values are, an answer says exactly them, within both limits', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), (values) => {
      const text = batchAnswer(batchOf(values.map((one, place) => ({ id: `v${place}`, name: 'tool.a.b', value: one })))).content[0]!.text
      assert.ok(Buffer.byteLength(text) <= 39_500 && tokensOf(text) <= 16_000)
      const { first, told, rest } = readBack(text)
      assert.is(first, `${values.length} of ${values.length} succeeded`)
      assert.equal(rest, [])
      for (const [place, one] of values.entries())
        assert.equal(JSON.stringify(ordered(valueFrom(`v${place}`, told, one))), JSON.stringify(ordered(one)))
    }),
    { numRuns: 400 },
  )
})

function ordered(one: unknown): unknown {
  if (typeof one !== 'object' || one === null || Array.isArray(one)) return one
  return Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Everything told of a text, from the answer to a batch and the calls it names. */
function allOf(
  batch: ServedBatch,
  maxAnswerTokens: number,
): { readonly pieces: ReadonlyMap<string, string>; readonly calls: number; readonly tokens: number } {
  const pieces = new Map<string, [at: number, text: string][]>()
  let calls = 0
  let tokens = 0
  let text = batchAnswer(batch, { maxAnswerTokens }).content[0]!.text
  for (let goesOn = false; ; goesOn = true) {
    calls++
    tokens += tokensOf(text)
    assert.ok(
      Buffer.byteLength(text) <= 39_500 && tokensOf(text) <= maxAnswerTokens,
      `${Buffer.byteLength(text)} bytes, ${tokensOf(text)} tokens`,
    )
    const { told, rest } = readBack(text, { goesOn })
    for (const [path, all] of told)
      for (const piece of all)
        if (piece.type === 'text') pieces.set(path, [...(pieces.get(path) ?? []), [placeOf(piece.label), piece.text]])
    if (rest.length === 0) break
    text = pieceAnswer(batch, rest, { maxAnswerTokens }).content[0]!.text
  }
  const joined = [...pieces].map(([path, all]): [string, string] => [
    path,
    all
      .sort(([a], [b]) => a - b)
      .map(([, piece]) => piece)
      .join('\n'),
  ])
  return { pieces: new Map(joined), calls, tokens }
}

/** Where a piece begins, as its label says; the last of a text comes last. */
function placeOf(label: string): number {
  return /the last \d+:$/.test(label) ? Infinity : Number(/characters (\d+) to/.exec(label)?.[1] ?? 0)
}

const line = fc.constantFrom(
  'export const a = 1',
  '  return { ok: true }',
  '',
  'Zeile mit Ümlaut',
  '```',
  '我们的目标是让每一个操作',
  '// The reason why.',
  'x'.repeat(300),
  'op1 failed: no',
)
const file = fc.array(line, { minLength: 1, maxLength: 400 }).map((lines) => lines.join('\n'))

test('the first answer and the calls it names give every text whole, with no gap and no overlap, in few calls', () => {
  fc.assert(
    fc.property(
      fc.array(file, { minLength: 1, maxLength: 24 }),
      fc.constantFrom(1_500, 4_000, 16_000),
      fc.boolean(),
      (files, most, fails) => {
        // Each text its own, so that none is "the same as" another.
        const contents = files.map((content, place) => `${place}\n"${content}\nend`)
        const batch = batchOf(
          contents.map((content, place) =>
            fails && place % 3 === 0
              ? { id: `r${place}`, name: 'shell.run', failed: { message: 'it failed', stdout: content } }
              : { id: `r${place}`, name: 'file.read', value: { path: `f${place}`, content, bytes: 1 } },
          ),
        )
        const { pieces, calls, tokens } = allOf(batch, most)
        for (const [place, content] of contents.entries())
          assert.is(pieces.get(`r${place}.${fails && place % 3 === 0 ? 'stdout' : 'content'}`), content)
        const bytes = contents.reduce((sum, content) => sum + Buffer.byteLength(content), 0)
        const needed = Math.max(tokens / most, bytes / 39_500)
        assert.ok(calls <= Math.ceil(1.5 * needed) + 1, `${calls} calls for ${needed}`)
      },
    ),
    { numRuns: 60 },
  )
})

test('a list of any length comes whole too, item by item', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(hostile, fc.constant('x'.repeat(9_000)), fc.record({ a: hostile, b: fc.array(hostile, { maxLength: 3 }) })), {
        minLength: 1,
        maxLength: 60,
      }),
      (list) => {
        const batch = batchOf([{ id: 'v', value: { list, n: 1 } }])
        const most = 1_500
        const items = new Map<number, unknown>()
        const texts = new Map<number, string>()
        let text = batchAnswer(batch, { maxAnswerTokens: most }).content[0]!.text
        for (let goesOn = false; ; goesOn = true) {
          assert.ok(tokensOf(text) <= most, `${tokensOf(text)} tokens`)
          const { told, rest } = readBack(text, { goesOn })
          for (const [path, all] of told) {
            const at = /^v\.list\[(\d+)\]$/.exec(path)
            for (const piece of all) {
              if (at !== null) {
                // One large item, in pieces of its text or of its JSON.
                if (piece.type === 'text') texts.set(Number(at[1]), (texts.get(Number(at[1])) ?? '') + piece.text)
                else items.set(Number(at[1]), piece.value)
              } else if (path === 'v.list' && piece.type === 'json')
                (piece.value as readonly unknown[]).forEach((item, place) => items.set((piece.range?.[0] ?? 0) + place, item))
              else if (path === 'v' && piece.type === 'json' && Array.isArray((piece.value as { list?: unknown }).list))
                (piece.value as { list: readonly unknown[] }).list.forEach((item, place) => items.set(place, item))
            }
          }
          if (rest.length === 0) break
          text = pieceAnswer(batch, rest, { maxAnswerTokens: most }).content[0]!.text
        }
        list.forEach((item, place) => {
          const piece = texts.get(place)
          if (piece === undefined) assert.is(JSON.stringify(items.get(place)), JSON.stringify(item))
          else assert.is(piece.replaceAll('\n', ''), (typeof item === 'string' ? item : JSON.stringify(item)).replaceAll('\n', ''))
        })
      },
    ),
    { numRuns: 40 },
  )
})

test.run()
