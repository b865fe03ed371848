import type { RequestListener } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { operationErrorOf, type OperationError } from '../../../src/model/operationError.js'
import { defaultRunnerLimits } from '../../../src/operations/agent/runners/runnerLimits.js'
import { runHttp } from '../../../src/operations/agent/chat/runHttp.js'
import type { HttpRunner, TextTask } from '../../../src/operations/agent/runner.js'
import { connections } from '../../../src/operations/http/connections.js'
import { attemptContext } from '../../support/attemptContext.js'
import { withServer } from '../http/httpAttempt.js'

const test = suite('agents by a chat endpoint')

interface End {
  readonly value: unknown
  readonly error: OperationError | undefined
  readonly outputs: readonly string[]
  readonly asked: { readonly headers: Readonly<Record<string, unknown>>; readonly body: unknown } | undefined
}

/** One task, given to an endpoint that answers as `answer` does. */
function task(answer: RequestListener, more: Partial<HttpRunner> = {}, words: Partial<TextTask> = {}): Promise<End> {
  let asked: End['asked']
  const listen: RequestListener = (request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (part: string) => (text += part))
    request.on('end', () => {
      asked = { headers: request.headers, body: JSON.parse(text) as unknown }
      answer(request, response)
    })
  }
  return withServer(listen, async (origin) => {
    const context = attemptContext()
    const runner: HttpRunner = { type: 'http', url: `${origin}/v1/chat/completions`, model: 'small', ...more }
    const messages = [{ id: 'm1', from: 'bob', body: 'count twice' }]
    const given = { text: 'How many?', agent: 'ada', kind: 'coder', messages, turns: [], settings: {}, mayAsk: false, ...words }
    const end = await runHttp(runner, given, context, connections(() => true).send, defaultRunnerLimits).then(
      (value) => ({ value, error: undefined }),
      (thrown: unknown) => ({ value: undefined, error: operationErrorOf(thrown) }),
    )
    const hide = (error: OperationError): OperationError => ({ ...error, message: error.message.replaceAll(origin, 'http://host') })
    return { ...end, error: end.error && hide(end.error), outputs: context.outputs.map(({ text }) => text), asked }
  })
}

const events = (...chunks: readonly (object | string)[]): string =>
  chunks.map((chunk) => `data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\r\n\r\n`).join('')

const delta = (content: string, finish_reason: string | null = null): object => ({
  choices: [{ index: 0, delta: { content }, finish_reason }],
})

test('its answer is told as it comes, and what it used', async () => {
  const { value, outputs, asked } = await task((_, response) => {
    response.setHeader('content-type', 'text/event-stream; charset=utf-8')
    response.write(': keep-alive\r\n\r\n')
    response.write(events(delta('Thr')))
    response.write(events(delta('ee.'), delta('', 'stop'), { choices: [], usage: { prompt_tokens: 9, completion_tokens: 2 } }, '[DONE]'))
    response.end()
  })
  assert.equal(value, { text: 'Three.', usage: { inputTokens: 9, outputTokens: 2 } })
  assert.equal(outputs, ['Thr', 'ee.'])
  assert.equal(asked?.body, {
    model: 'small',
    messages: [{ role: 'user', content: 'Messages to you, oldest first:\n- bob: count twice\n\nHow many?' }],
    stream: true,
    stream_options: { include_usage: true },
  })
})

test('an answer that is not streamed is taken as well', async () => {
  const { value } = await task((_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content: 'Three.' }, finish_reason: 'stop' }] }))
  })
  assert.equal(value, { text: 'Three.' })
})

test('an answer that breaks off is a failure, though some of it came', async () => {
  const { error } = await task((_, response) => {
    response.setHeader('content-type', 'text/event-stream')
    response.end(events(delta('Thr')))
  })
  assert.equal(
    [error?.type, error?.message, error?.retryable],
    ['agent-error', 'POST http://host/v1/chat/completions ended before its answer was whole.', true],
  )
})

test('an error within the stream is a failure', async () => {
  const { error } = await task((_, response) => {
    response.setHeader('content-type', 'text/event-stream')
    response.end(events({ error: { message: 'overloaded' } }))
  })
  assert.is(error?.message, 'POST http://host/v1/chat/completions failed: overloaded')
})

test('a refusal is the status it is, and what it says never holds the key', async () => {
  process.env['SPEC_CHAT_KEY'] = 'sk-very-secret'
  const { error, asked } = await task(
    (_, response) => {
      response.statusCode = 401
      response.end('bad key sk-very-secret')
    },
    { apiKeyEnv: 'SPEC_CHAT_KEY' },
  )
  delete process.env['SPEC_CHAT_KEY']
  assert.is(asked?.headers['authorization'], 'Bearer sk-very-secret')
  assert.is(error?.type, 'http-status')
  assert.is(error?.message, 'POST http://host/v1/chat/completions answered 401 Unauthorized, not 2xx. It said: bad key [secret]')
})

test('without the key it needs, nothing is asked', async () => {
  const { error, asked } = await task((_, response) => response.end(), { apiKeyEnv: 'SPEC_NO_KEY' })
  assert.is(asked, undefined)
  assert.is(error?.message, 'The runner of the agent "ada" needs the environment variable SPEC_NO_KEY, which is not set. Set it.')
})

test.run()
