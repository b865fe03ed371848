import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { overlap, type Overlap } from '../../../src/graph/effects/overlap.js'

const test = suite('overlap')

const rows: readonly (readonly [first: string, second: string, lie: Overlap | undefined])[] = [
  ['file:/a', 'file:/a', 'same'],
  ['file:/a', 'file:/a/b', 'holds'],
  ['file:/a/b', 'file:/a', 'inside'],
  ['file:/a', 'file:/ab', undefined],
  ['file:', 'file:/a', 'holds'],
  ['file:/a', 'file:', 'inside'],
  ['file:a', 'file:/a', 'same'],
  ['swarm:s', 'swarm:s/agent', 'holds'],
  ['swarm:a', 'file:/a', undefined],
  ['file:/a:b', 'file:/a', undefined],
]

for (const [first, second, lie] of rows)
  test(`${first} and ${second}: ${lie ?? 'neither holds the other'}`, () => {
    assert.is(overlap({ resource: first }, { resource: second }), lie)
  })

test('is the same, however a path is written', () => {
  const segments = fc.array(fc.constantFrom('a', 'b', 'ab', 'c:d'), { maxLength: 5 })
  fc.assert(
    fc.property(segments, segments, (one, two) => {
      const plain = [one, two].map((path) => ({ resource: `file:${path.map((segment) => `/${segment}`).join('')}` }))
      const doubled = [one, two].map((path) => ({ resource: `file:/${path.map((segment) => `/${segment}/`).join('')}` }))
      assert.is(overlap(plain[0]!, plain[1]!), overlap(doubled[0]!, doubled[1]!))
    }),
    { numRuns: 2_000 },
  )
})

test.run()
