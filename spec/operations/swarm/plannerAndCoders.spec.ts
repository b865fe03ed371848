import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tempTree } from '../../support/tempTree.js'
import { withServer } from '../http/httpAttempt.js'
import { agentsIn, operationsIn, swarm, told } from './swarmRun.js'

const test = suite('a planner and three coders')

const taskFor = (name: string): object => ({
  task: `write ${name}.txt`,
  accept: { operations: [{ type: 'file', operation: 'read', params: { path: `${name}.txt` } }], tries: 2 },
})

interface Asked {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: string }[]
}

/**
 * A batch in which a planner behind an endpoint splits the work, and three coders behind another do it. A coder has written its file by
 * its answer, but for those whose file comes with the second one, or never.
 */
async function planned(late: readonly string[], never: readonly string[]) {
  const root = tempTree()
  const conversations: string[] = []
  const answerOf = ({ model, messages }: Asked): string => {
    if (model === 'plans') return JSON.stringify(['a', 'b', 'c'].map(taskFor))
    const name = /write (\w)\.txt/.exec(messages.map(({ content }) => content).join('\n'))?.[1] ?? ''
    const turn = messages.filter(({ role }) => role === 'assistant').length + 1
    conversations.push(`${name}${turn}`)
    if (!never.includes(name) && (turn > 1 || !late.includes(name))) writeFileSync(join(root, `${name}.txt`), 'done')
    return `I have written ${name}.txt.`
  }
  return withServer(
    (request, response) => {
      let text = ''
      request.setEncoding('utf8').on('data', (part: string) => (text += part))
      request.on('end', () => {
        const content = answerOf(JSON.parse(text) as Asked)
        const usage = { prompt_tokens: 100, completion_tokens: 10 }
        response.end(JSON.stringify({ choices: [{ message: { content }, finish_reason: 'stop' }], usage }))
      })
    },
    async (origin) => {
      const endpoint = (model: string) => ({ type: 'http', url: `${origin}/chat`, model }) as const
      const kinds = {
        planner: { runner: endpoint('plans'), answer: { type: 'array', items: { type: 'object' }, minItems: 1 } },
        coder: { runner: endpoint('codes'), prices: { input: 1, output: 10 } },
      }
      const operations = [
        { id: 'plan', type: 'agent', operation: 'run', params: { agent: 'planner', task: 'Split the work.' } },
        swarm('init', {}, { id: 'init' }),
        swarm('spawn', { type: 'coder', count: 3 }, { id: 'coders' }),
        swarm('coordinate', { tasks: { $ref: 'plan.answer' } }, { id: 'code' }),
        { id: 'report', type: 'file', operation: 'write', params: { path: 'report.txt', content: 'all' }, dependencies: ['code'] },
      ]
      const run = await told(operations, operationsIn(root, agentsIn(root, { kinds })))
      const finished = run.events.at(-1)
      assert.ok(finished?.type === 'run-finished')
      return { ...run, summary: finished.summary, conversations: conversations.toSorted() }
    },
  )
}

test('with work that is accepted at once or at the second try, all succeed and every turn is in the sum', async () => {
  const { errors, values, summary, conversations } = await planned(['b'], [])
  assert.equal(errors, {})
  assert.equal(conversations, ['a1', 'b1', 'b2', 'c1'])
  const { results } = values['code'] as { readonly results: readonly { readonly type: string }[] }
  assert.equal(
    results.map(({ type }) => type),
    ['succeeded', 'succeeded', 'succeeded'],
  )
  // The planner's turn has no price; each of the four turns of coders costs 100 tokens in and 10 out.
  assert.equal(summary.usage, { inputTokens: 500, outputTokens: 50, costUsd: 0.0008 })
  assert.equal([summary.ok, summary.rootCauses], [true, []])
})

test('when the work of one is never accepted, that is the one cause, and what waits for the whole is skipped', async () => {
  const { errors, events, summary, conversations } = await planned([], ['c'])
  assert.equal(conversations, ['a1', 'b1', 'c1', 'c2'])
  assert.equal(Object.keys(errors), ['code'])
  assert.equal(
    summary.rootCauses.map(({ id }) => id),
    ['code'],
  )
  assert.is(
    summary.rootCauses[0]?.error.message.replaceAll(/coder-\d/g, 'coder-N'),
    '1 of 3 tasks did not succeed; the first is "code[2]" of "coder-N": The work of the agent "coder-N" was not accepted, 2 times: ' +
      'file.read failed: c.txt: there is nothing at this path.',
  )
  const skipped = events.flatMap((event) => (event.type === 'operation-skipped' ? [event.id] : []))
  assert.equal(skipped, ['report'])
  assert.equal(summary.usage, { inputTokens: 500, outputTokens: 50, costUsd: 0.0008 })
})

test.run()
