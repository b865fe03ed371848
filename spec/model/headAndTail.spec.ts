import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { headAndTail } from '../../src/model/text/headAndTail.js'

const test = suite('headAndTail')

function kept(limit: number, ...chunks: readonly (string | Buffer)[]): { readonly text: string; readonly omitted: number } {
  const keeper = headAndTail(Math.floor(limit / 2), limit - Math.floor(limit / 2))
  for (const chunk of chunks) keeper.add(Buffer.from(chunk))
  const { text, omitted } = keeper.text()
  return { text, omitted }
}

test('keeps everything up to the limit', () => {
  assert.equal(kept(10), { text: '', omitted: 0 })
  assert.equal(kept(10, '01234', '56789'), { text: '0123456789', omitted: 0 })
})

const rows: readonly (readonly [number, readonly string[], string])[] = [
  [10, ['0123456789a'], '01234\n[… 1 bytes left out …]\n6789a'],
  [10, ['0123', '456789ab', 'cdefgh', 'i'], '01234\n[… 9 bytes left out …]\nefghi'],
  [11, ['0123456789abcdef'], '01234\n[… 5 bytes left out …]\nabcdef'],
  [1, ['abc'], '\n[… 2 bytes left out …]\nc'],
  [8, ['ééééééé'], 'éé\n[… 6 bytes left out …]\néé'],
  [10, ['ééééééé'], 'éé\n[… 6 bytes left out …]\néé'],
  [6, ['€€€€'], '€\n[… 6 bytes left out …]\n€'],
  [10, ['😀😀😀😀'], '😀\n[… 8 bytes left out …]\n😀'],
]
for (const [limit, chunks, text] of rows)
  test(`keeps ${limit} bytes of ${chunks.join(' + ')}, whole characters only`, () => {
    assert.equal(kept(limit, ...chunks), { text, omitted: Number(/… (\d+) bytes/.exec(text)?.[1]) })
  })

test('keeps the same whatever the pieces are', () => {
  const all = Array.from({ length: 500 }, (_, index) => `${index} `).join('')
  const whole = kept(64, all)
  for (const size of [1, 3, 31, 32, 33, 64, 65, 200]) {
    const pieces = Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))
    assert.equal(kept(64, ...pieces), whole, `in pieces of ${size}`)
  }
})

for (const [bytes, isUtf8] of [
  [Buffer.from('grün'), true],
  [Buffer.from([0x67, 0xfc, 0x6e]), false],
  [Buffer.alloc(0), true],
] as const)
  test(`says that ${bytes.toString('hex') || 'nothing'} is ${isUtf8 ? '' : 'not '}UTF-8`, () => {
    const keeper = headAndTail(8, 8)
    keeper.add(bytes)
    assert.is(keeper.text().isUtf8, isUtf8)
  })

test.run()
