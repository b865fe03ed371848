import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { serverAnswer } from '../../../../src/cli/run/tokens/serverAnswer.js'
import { tokenPlanOf } from '../../../../src/cli/run/tokens/tokenPlanOf.js'
import { runCompiled } from '../../../../src/engine/runCompiled.js'
import { compilePlan } from '../../../../src/graph/compilePlan.js'
import { batchExecute } from '../../../../src/mcp/tools/batchExecute.js'
import { isTerminal } from '../../../../src/model/isTerminal.js'
import { file, withHost } from '../../../mcp/inRoot.js'

const test = suite('the answer that --tokens counts')

const files = { 'a.txt': 'one\ntwo\n', 'b.json': '{"name": "shop"}' }

for (const [what, operations] of [
  [
    'values',
    [file('a', 'read', { path: 'a.txt' }), file('b', 'read', { path: 'b.json' }), file('w', 'write', { path: 'c.txt', content: 'c' })],
  ],
  ['a reference', [file('a', 'read', { path: 'a.txt' }), file('w', 'write', { path: 'd.txt', content: { $ref: 'a.content' } })]],
] as const)
  test(`is what the server answers to the same batch: ${what}`, () =>
    withHost(
      {},
      async (host) => {
        const compiled = compilePlan({ operations }, host.operations)
        assert.ok(compiled._tag === 'Right')
        const events = await lastValueFrom(runCompiled(compiled.right, {}).pipe(toArray()))
        const ends = new Map(events.filter(isTerminal).map((end) => [end.id, end]))
        const last = events.at(-1)
        assert.ok(last?.type === 'run-finished')
        const plan = tokenPlanOf({ operations }, compiled.right.graph, ends)
        const { text } = serverAnswer(plan, ends, last.summary)(plan.operations, plan.operations.length)
        const answered = await batchExecute.perform({ operations }, host, {})
        assert.is(text, answered.content[0]!.text)
        const [first] = plan.operations
        const chosen = serverAnswer(plan, ends, last.summary)([first!], plan.operations.length)
        const asked = await batchExecute.perform({ operations, returns: [first!.id] }, host, {})
        assert.is(chosen.text, asked.content[0]!.text)
      },
      files,
    ))

test.run()
