import type { RequestListener } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { operationErrorOf } from '../../../src/model/operationError.js'
import { runHttp } from '../../../src/operations/agent/chat/runHttp.js'
import { defaultRunnerLimits } from '../../../src/operations/agent/runners/runnerLimits.js'
import { connections } from '../../../src/operations/http/connections.js'
import { attemptContext } from '../../support/attemptContext.js'
import { withServer } from '../http/httpAttempt.js'
import { fakeRunner, taskBy } from './agentAttempt.js'

const test = suite('how the turn of an agent ends')

/** What an endpoint sends, and what its turn comes to: the answer, or the reason of its failure and whether it may be tried again. */
type ChatRow = readonly [name: string, sent: string | readonly object[], came: string | readonly [reason: string, retryable: boolean]]

const delta = (content: unknown, finish_reason: string | null = null, more: object = {}): object => ({
  choices: [{ index: 0, delta: { content, ...more }, finish_reason }],
})
const whole = (message: object, finish_reason: string | null = 'stop'): string => JSON.stringify({ choices: [{ message, finish_reason }] })
const noTools = 'no tools are offered to this agent'
const cutShort = 'its answer was cut off at its token limit; raise "maxTokens"'
const call = { index: 0, id: 'c1', type: 'function', function: { name: 'ls', arguments: '{}' } }

const streamed: readonly ChatRow[] = [
  ['a whole answer', [delta('Three.'), delta('', 'stop')], 'Three.'],
  ['an answer with [DONE] alone', [delta('Three.')], 'Three.'],
  ['an answer in parts', [delta([{ type: 'text', text: 'Thr' }, { type: 'image' }, { type: 'text', text: 'ee.' }], 'stop')], 'Three.'],
  ['an end with a reason of its own', [delta('Three.', 'eos')], 'Three.'],
  ['null in place of content', [delta(null, null, { role: 'assistant' }), delta('Three.', 'stop')], 'Three.'],
  ['error set to null', [{ error: null, choices: [{ delta: { content: 'Three.' }, finish_reason: 'stop' }] }], 'Three.'],
  ['a cut by length', [delta('Thr', 'length')], [cutShort, false]],
  ['a cut by max_tokens', [delta('Thr', 'max_tokens')], [cutShort, false]],
  ['a content filter', [delta('Thr', 'content_filter')], ['its answer was withheld by a content filter', false]],
  ['a content filter in capitals', [delta('Thr', 'SAFETY')], ['its answer was withheld by a content filter', false]],
  [
    'a tool call',
    [delta(null, null, { tool_calls: [call] }), delta('', 'tool_calls')],
    [`it asked for the tool "ls", and ${noTools}`, false],
  ],
  [
    'a tool call beside text',
    [delta('Let me look.', null, { tool_calls: [call] }), delta('', 'stop')],
    [`it asked for the tool "ls", and ${noTools}`, false],
  ],
  ['tool_calls as its reason alone', [delta('Three.', 'tool_calls')], [`it asked for a tool, and ${noTools}`, false]],
  [
    'a function call',
    [delta(null, 'function_call', { function_call: { name: 'ls', arguments: '' } })],
    [`it asked for the tool "ls", and ${noTools}`, false],
  ],
  ['a refusal', [delta(null, 'stop', { refusal: 'I cannot help with that.' })], ['the model refused: I cannot help with that.', false]],
  ['an error as an object', [delta('Thr'), { error: { message: 'overloaded', code: 529 } }], ['overloaded', true]],
  ['an error as text', [delta('Thr'), { error: 'overloaded' }], ['overloaded', true]],
  ['an error with a code alone', [{ error: { code: 'rate_limit' } }], ['rate_limit', true]],
  ['an error after a good end', [delta('Three.', 'stop'), { error: 'lost the rest' }], ['lost the rest', true]],
  ['nothing at all', [delta('', 'stop')], ['its answer was empty', true]],
  ['only blanks', [delta(' \n ', 'stop')], ['its answer was empty', true]],
]

const unstreamed: readonly ChatRow[] = [
  ['a whole answer', whole({ content: 'Three.' }), 'Three.'],
  ['an answer without a reason', whole({ content: 'Three.' }, null), 'Three.'],
  ['an answer in parts', whole({ content: [{ type: 'text', text: 'Three.' }] }), 'Three.'],
  ['a cut by length', whole({ content: 'Thr' }, 'length'), [cutShort, false]],
  ['a tool call', whole({ content: null, tool_calls: [call] }, 'tool_calls'), [`it asked for the tool "ls", and ${noTools}`, false]],
  ['a refusal', whole({ content: null, refusal: 'No.' }), ['the model refused: No.', false]],
  ['an error in a good status', JSON.stringify({ error: { message: 'no such model' } }), ['no such model', true]],
  ['no choices', JSON.stringify({ choices: [] }), ['its answer was empty', true]],
  ['a page of HTML', '<html>Welcome</html>', ['its answer was not a JSON object: <html>Welcome</html>', true]],
  ['an empty body', '', ['its answer was empty', true]],
]

const lines = (chunks: readonly object[]): string => chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')

async function chat(listen: RequestListener): Promise<string | readonly [string, boolean]> {
  return withServer(listen, async (origin) => {
    const task = { text: 'How many?', agent: 'ada', kind: 'coder', messages: [], turns: [], settings: {}, mayAsk: false }
    const runner = { type: 'http', url: `${origin}/chat`, model: 'small' } as const
    try {
      return (await runHttp(runner, task, attemptContext(), connections(() => true).send, defaultRunnerLimits)).text
    } catch (thrown) {
      const error = operationErrorOf(thrown)
      assert.is(error.type, 'agent-error')
      return [error.message.replace(`POST ${origin}/chat failed: `, ''), error.retryable]
    }
  })
}

for (const [name, sent, came] of streamed)
  test(`a stream with ${name}`, async () => {
    const text = `${lines(sent as readonly object[])}data: [DONE]\n\n`
    assert.equal(await chat((_, response) => response.setHeader('content-type', 'text/event-stream').end(text)), came)
  })

for (const [name, sent, came] of unstreamed)
  test(`a whole body with ${name}`, async () => {
    assert.equal(await chat((_, response) => response.setHeader('content-type', 'application/json').end(sent)), came)
  })

test('a stream with a line that is not JSON', async () => {
  const text = `${lines([delta('Three.')])}data: {"choices": [\n\ndata: [DONE]\n\n`
  const came = await chat((_, response) => response.setHeader('content-type', 'text/event-stream').end(text))
  assert.equal(came, ['it sent a line that is not a JSON object: {"choices": [', true])
})

/** What a program writes and its exit code, and what its turn comes to. */
type ProgramRow = readonly [
  name: string,
  format: 'text' | 'ndjson' | 'claude' | 'codex',
  writes: readonly (object | string)[],
  came: string,
  code?: number,
]

const silent = 'The program of the agent "ada" ended without saying anything.'
const endless = 'The program of the agent "ada" ended without a result.'
const failed = (reason: string): string => `The agent "ada" failed: ${reason}`
const claude = (more: object): object => ({ type: 'result', subtype: 'success', is_error: false, result: 'Done.', ...more })
const denied =
  'it was denied permission to use Bash. Allow that in the arguments of its runner, such as --allowedTools or --permission-mode'

const programs: readonly ProgramRow[] = [
  ['says its answer', 'text', ['Three.'], '= Three.'],
  ['exits with 0 and says nothing', 'text', [], silent],
  ['exits with 0 and writes blanks', 'text', ['', ' '], silent],
  ['exits with 1', 'text', ['Three.'], 'node exited with code 1.', 1],
  ['gives a result', 'ndjson', [{ type: 'result', text: 'Three.' }], '= Three.'],
  ['gives a value', 'ndjson', [{ type: 'result', value: [1, 2] }], '= [1,2]'],
  ['gives the value null', 'ndjson', [{ type: 'result', value: null }], '= null'],
  ['gives a result with nothing in it', 'ndjson', [{ type: 'result' }], silent],
  ['gives an empty text', 'ndjson', [{ type: 'result', text: '' }], silent],
  ['gives no result', 'ndjson', [{ type: 'output', text: 'hm' }], endless],
  ['gives only lines of unknown types', 'ndjson', [{ type: 'answer', text: 'Three.' }], endless],
  ['reports an error and exits with 0', 'ndjson', [{ type: 'error', message: 'no model' }], failed('no model')],
  [
    'reports an error after its result',
    'ndjson',
    [
      { type: 'result', text: 'Three.' },
      { type: 'error', message: 'no model' },
    ],
    failed('no model'),
  ],
  ['gives a result and exits with 2', 'ndjson', [{ type: 'result', text: 'Three.' }], 'node exited with code 2.', 2],
  ['is claude and succeeds', 'claude', [claude({})], '= Done.'],
  [
    'is claude and was denied a tool',
    'claude',
    [claude({ permission_denials: [{ tool_name: 'Bash' }, { tool_name: 'Bash' }] })],
    failed(denied),
  ],
  ['is claude with an empty list of denials', 'claude', [claude({ permission_denials: [] })], '= Done.'],
  ['is claude with is_error', 'claude', [claude({ is_error: true, result: 'Not logged in' })], failed('Not logged in')],
  [
    'is claude and out of turns',
    'claude',
    [{ type: 'result', subtype: 'error_max_turns', is_error: false }],
    failed('it ended with error_max_turns'),
  ],
  ['is claude with an empty result', 'claude', [claude({ result: '' })], silent],
  ['is claude and gives no result', 'claude', [{ type: 'assistant', message: { content: [{ type: 'text', text: 'hm' }] } }], endless],
  ['is codex and says nothing', 'codex', [{ type: 'turn.completed', usage: {} }], silent],
  ['is codex with a failed turn', 'codex', [{ type: 'turn.failed', error: { message: 'no quota' } }], failed('no quota')],
]

for (const [name, format, writes, came, code = 0] of programs)
  test(`a program that ${name}`, async () => {
    const text = writes.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
    const script = `process.stdout.write(${JSON.stringify(text)}); process.exitCode = ${code}`
    const runner = { ...fakeRunner, command: [process.execPath, '-e', script], format }
    // On a busy machine its exit may come long after its last line.
    const { value, error } = await taskBy('How many?', runner, undefined, { lingerMs: 30_000 })
    const said = error === undefined ? `= ${(value as { text: string }).text}` : error.message.replace(process.execPath, 'node')
    assert.is(said, came)
  })

test.run()
