import { once } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runHttp } from '../../../src/operations/agent/chat/runHttp.js'
import type { TextTask } from '../../../src/operations/agent/runner.js'
import { defaultRunnerLimits } from '../../../src/operations/agent/runners/runnerLimits.js'
import { runProcess } from '../../../src/operations/agent/runners/runProcess.js'
import { connections } from '../../../src/operations/http/connections.js'
import { attemptContext } from '../../support/attemptContext.js'
import { readerBehind, untilStill } from '../../support/readerBehind.js'
import { withServer } from '../http/httpAttempt.js'

const test = suite("agents' streams while the reader of the run is behind")

const task: TextTask = { text: 'Say much.', agent: 'ada', kind: 'coder', messages: [], turns: [], settings: {}, mayAsk: false }

test('what an endpoint streams is not read until it has caught up, and then all of it comes', async () => {
  const pieces = 1_200
  const content = 'x'.repeat(32_000)
  const line = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`
  const last = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`
  let sent = 0
  await withServer(
    (_, response) => {
      response.setHeader('content-type', 'text/event-stream')
      void (async () => {
        for (; sent < pieces && !response.destroyed; sent++)
          if (!response.write(line)) await Promise.race([once(response, 'drain'), once(response, 'close')])
        response.end(last)
      })()
    },
    async (origin) => {
      const { room, goOn } = readerBehind()
      const runner = { type: 'http', url: `${origin}/v1/chat/completions`, model: 'small' } as const
      const end = runHttp(runner, task, attemptContext({ room }), connections(() => true).send, defaultRunnerLimits)
      const paused = await untilStill(() => sent)
      assert.ok(paused < pieces / 2, `${paused} of ${pieces} pieces were taken while nobody read`)
      goOn()
      assert.is((await end).text.length, pieces * content.length)
      assert.is(sent, pieces)
    },
  )
})

test('what a program writes is not read until it has caught up, and then all of it comes', async () => {
  const { room, goOn } = readerBehind()
  const context = attemptContext({ room })
  const told = (): number => context.outputs.reduce((sum, { text }) => sum + text.length, 0)
  const runner = { type: 'process', command: ['seq', '1', '1000000'], format: 'text' } as const
  const end = runProcess(runner, task, context, [process.cwd()], defaultRunnerLimits)
  const paused = await untilStill(told)
  assert.ok(paused < 1_000_000, `${paused} characters were taken while nobody read`)
  goOn()
  assert.match((await end).text, /(^|\n)1000000\n?$/)
  assert.is(told(), 6_888_896)
})

test.run()
