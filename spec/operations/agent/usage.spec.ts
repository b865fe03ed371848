import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { monitor, operation, runBatch } from '../../../src/index.js'
import { recordOf } from '../../../src/report.js'
import { tempTree } from '../../support/tempTree.js'
import { withServer } from '../http/httpAttempt.js'
import { agentsIn, operationsIn, swarm, told } from '../swarm/swarmRun.js'

const test = suite('what agents use')

const prices = { input: 1_000_000, output: 2_000_000 }

test('the usage of every agent of a run is summed in its summary, with the cost by the prices of their kind', async () => {
  const usage = { prompt_tokens: 3, completion_tokens: 2 }
  await withServer(
    (_, response) => response.end(JSON.stringify({ choices: [{ message: { content: 'yes' }, finish_reason: 'stop' }], usage })),
    async (origin) => {
      const root = tempTree()
      const chat = { runner: { type: 'http', url: `${origin}/chat`, model: 'm' }, prices } as const
      const program = {
        runner: {
          type: 'process',
          format: 'ndjson',
          command: [
            process.execPath,
            '-e',
            `console.log('{"type":"usage","inputTokens":10,"outputTokens":1,"costUsd":0.5}\\n{"type":"result","text":"yes"}')`,
          ],
        },
      } as const
      const operations = [
        swarm('init'),
        swarm('spawn', { type: 'chat', count: 2 }),
        swarm('spawn', { type: 'program' }),
        swarm('coordinate', {
          tasks: [
            { task: 'a', agent: 'chat-1' },
            { task: 'b', agent: 'chat-2' },
            { task: 'c', agent: 'program-1' },
          ],
        }),
        swarm('status', {}, { id: 's' }),
      ]
      const { events, errors, values } = await told(operations, operationsIn(root, agentsIn(root, { kinds: { chat, program } })))
      assert.equal(errors, {})
      const { agents, usage: together } = values['s'] as {
        readonly agents: readonly { readonly usage: unknown }[]
        readonly usage: unknown
      }
      assert.equal(agents[0]?.usage, { inputTokens: 3, outputTokens: 2, costUsd: 7 })
      assert.equal(together, { inputTokens: 16, outputTokens: 5, costUsd: 14.5 })
      const finished = events.at(-1)
      assert.ok(finished?.type === 'run-finished')
      assert.equal(finished.summary.usage, { inputTokens: 16, outputTokens: 5, costUsd: 14.5 })
      const record = recordOf(events, { shape: '', cpus: 2, nodeMajor: 20 })
      assert.equal(record?.usage, { inputTokens: 16, outputTokens: 5, costUsd: 14.5 })
    },
  )
})

test('a function reports its usage by an event of that name, and the monitor shows the sum while the run goes on', async () => {
  const spend = (id: string, data: unknown) => operation(id, ({ emit }) => emit('usage', data))
  const operations = [
    spend('a', { inputTokens: 5 }),
    spend('b', { inputTokens: 6, outputTokens: 7 }),
    spend('c', { inputTokens: -1, outputTokens: 'many', costUsd: NaN }),
    spend('d', 'nothing'),
    operation('e', ({ emit }) => emit('spent', { inputTokens: 100 })),
  ]
  const events = await lastValueFrom(runBatch(operations).pipe(monitor(), toArray()))
  const samples = events.flatMap((event) => (event.type === 'metrics-sampled' ? [event.metrics.usage] : []))
  assert.equal(samples.at(-1), { inputTokens: 11, outputTokens: 7 })
  const finished = events.at(-1)
  assert.equal(finished?.type === 'run-finished' && finished.summary.usage, { inputTokens: 11, outputTokens: 7 })
})

test('a run in which nothing reports usage has none', async () => {
  const events = await lastValueFrom(runBatch([operation('a', () => 1)]).pipe(monitor(), toArray()))
  const finished = events.at(-1)
  assert.not.ok(finished?.type === 'run-finished' && 'usage' in finished.summary)
})

test.run()
