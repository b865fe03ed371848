import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { identity } from 'rxjs'
import type { BatchEvent } from '../../src/index.js'
import type { Contender } from './contender.js'
import { handLoop } from './handLoop.js'
import { millrace } from './millrace.js'
import { longestPath, shapeOf, sourcesOf, type ShapeName } from './shape.js'
import { workOf, type WorkKind } from './work.js'

const test = suite('work of the benchmark')

const shapes: readonly ShapeName[] = ['independent', 'chain', 'star', 'layered']
const kinds: readonly WorkKind[] = ['sync', 'async', 'sleep']

test('the shapes are what their names say', () => {
  assert.equal(sourcesOf(shapeOf('chain', 4), 3), [2])
  assert.equal(sourcesOf(shapeOf('star', 4), 3), [0])
  assert.equal(sourcesOf(shapeOf('independent', 4), 3), [])
  const layered = shapeOf('layered', 2_000)
  assert.equal(sourcesOf(layered, 205), [5, 36, 67])
  assert.is(longestPath(layered, new Float64Array(2_000).fill(1)), 10)
})

test('it notices what did not run, ran too early, ran twice, and too many at once', async () => {
  const shape = shapeOf('chain', 3)
  const work = workOf(shape, { kind: 'async', concurrency: 1 })
  await Promise.all([work.perform(1), work.perform(0), work.perform(0)])
  assert.equal(work.problems(), [
    '1 of 3 operations never ran',
    'some ran twice',
    '1 dependencies had not ended when an operation began',
    '3 ran at once where 1 may',
  ])
})

/** Everything told of one run, without what differs from run to run. */
async function toldBy(make: (hear: (event: BatchEvent) => void) => Contender, name: ShapeName, kind: WorkKind) {
  const shape = shapeOf(name, 60)
  const work = workOf(shape, { kind, concurrency: 4 })
  const counts = new Map<string, number>()
  const hear = ({ type }: BatchEvent): void => void counts.set(type, (counts.get(type) ?? 0) + 1)
  const { run } = await make(hear).prepare({ shape, work, concurrency: 4 })
  await run()
  counts.delete('run-started')
  counts.delete('run-finished')
  return { problems: work.problems(), counts: [...counts].sort(([a], [b]) => (a < b ? -1 : 1)), times: work.times() }
}

for (const name of shapes)
  for (const kind of kinds.filter((one) => one !== 'sleep' || name === 'layered'))
    test(`the loop written by hand and the library do the same work and tell as much: ${name}, ${kind}`, async () => {
      const [loop, library] = [await toldBy(handLoop, name, kind), await toldBy((hear) => millrace(identity, hear), name, kind)]
      const expected = [
        ['attempt-started', 60],
        ['operation-ready', 60],
        ['operation-succeeded', 60],
      ]
      for (const { problems, counts, times } of [loop, library]) {
        assert.equal(problems, [])
        assert.equal(counts, expected)
        if (times !== undefined) assert.ok(times.makespanMs >= times.boundMs, `${times.makespanMs} < ${times.boundMs}`)
      }
    })

test.run()
