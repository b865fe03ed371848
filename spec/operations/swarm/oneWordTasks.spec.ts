import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compilePlan } from '../../../src/graph/compilePlan.js'
import { describeFault } from '../../../src/model/fault/describeFault.js'
import { tempTree } from '../../support/tempTree.js'
import { agentsIn, operationsIn, swarm, told } from './swarmRun.js'

const test = suite('tasks whose type is one word')

test('are what the two words are, for assign, coordinate, agent run and what accepts work', async () => {
  const root = tempTree({ 'a.txt': 'a' })
  const read = { type: 'file.read', params: { path: 'a.txt' } }
  const { values, errors } = await told(
    [
      swarm('init', { topology: 'star', maxAgents: 3 }, { id: 'init' }),
      swarm('spawn', { type: 'coder', count: 2 }, { id: 'spawn', dependencies: ['init'] }),
      swarm('assign', { task: read }, { id: 'assign', dependencies: ['spawn'] }),
      swarm(
        'coordinate',
        { tasks: [read, { type: 'file', operation: 'read', params: { path: 'a.txt' } }] },
        { id: 'all', dependencies: ['spawn'] },
      ),
      {
        id: 'run',
        type: 'agent.run',
        params: { agent: 'coder', task: { type: 'file.write', params: { path: 'b.txt', content: 'b' } }, accept: { operations: [read] } },
      },
    ],
    operationsIn(root, agentsIn(root)),
  )
  assert.equal(errors, {})
  assert.match(JSON.stringify(values['assign']), '"content":"a"')
  assert.match(JSON.stringify(values['all']), '"content":"a"')
  assert.is(readFileSync(join(root, 'b.txt'), 'utf8'), 'b')
})

const wrong: readonly (readonly [task: object, text: string])[] = [
  [{ type: 'file', params: { path: 'a' } }, 'operations[0].params.task: "agent.run" needs "operation" here.'],
  [{ type: 'file.raed', params: { path: 'a' } }, 'no operation type is called "file.raed"'],
  [{ type: '.read', operation: 5 }, 'operations[0].params.task.operation: expected text'],
]
for (const [task, text] of wrong)
  test(`${JSON.stringify(task)} is refused`, async () => {
    const root = tempTree({ a: '' })
    const registry = operationsIn(root, agentsIn(root))
    const plan = [{ id: 'run', type: 'agent.run', params: { agent: 'coder', task } }]
    const compiled = compilePlan(plan, registry)
    const texts = compiled._tag === 'Left' ? compiled.left.map(describeFault) : Object.values((await told(plan, registry)).errors)
    assert.match(texts.join('\n'), text)
  })

test.run()
