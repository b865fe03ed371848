import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compiled } from '../../support/graphs.js'

const test = suite('priorities reach what is waited for')

const prioritiesOf = (plan: readonly object[]): readonly string[] => compiled(plan).graph.operations.map(({ priority }) => priority)
const echo = (id: string, settings: object = {}) => ({ id, type: 'test.echo', ...settings })

test('an operation has the best priority of all that wait for it, however far behind', () => {
  assert.equal(
    prioritiesOf([
      echo('a', { priority: 'low' }),
      echo('b', { dependencies: ['a'] }),
      echo('c', { priority: 'critical', params: { value: { $ref: 'b' } } }),
      echo('d', { priority: 'high', dependencies: ['c'] }),
      echo('e', { priority: 'low' }),
    ]),
    ['critical', 'critical', 'critical', 'high', 'low'],
  )
})

test('also of one that only keeps its order behind it', () => {
  const write = (id: string, priority: string) => ({ id, type: 'file.write', priority, params: { path: 'x', content: id } })
  assert.equal(prioritiesOf([write('a', 'low'), write('b', 'high')]), ['high', 'high'])
})

test('and of the items of one', () => {
  const { operations } = compiled([echo('a', { priority: 'low', each: [1] }), echo('b', { priority: 'high', dependencies: ['a'] })]).graph
  assert.is(operations[0]!.priority, 'high')
})

test.run()
