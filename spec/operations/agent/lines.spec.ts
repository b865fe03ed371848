import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readClaude } from '../../../src/operations/agent/lines/claude.js'
import { readCodex } from '../../../src/operations/agent/lines/codex.js'
import { lineReader } from '../../../src/operations/agent/lines/lineReader.js'
import { presets } from '../../../src/operations/agent/runners/presets.js'

const test = suite('lines of known agent programs')

const read = (reader: typeof readClaude, ...lines: readonly object[]) => lines.flatMap((line) => reader(JSON.stringify(line)))

test('claude: text, tools, usage with what was cached, and the result', () => {
  const events = read(
    readClaude,
    { type: 'system', subtype: 'init', session_id: 's', tools: ['Bash'] },
    {
      type: 'assistant',
      message: {
        content: [
          { type: 'text', text: 'Looking.' },
          { type: 'tool_use', name: 'Bash', input: {} },
        ],
      },
    },
    { type: 'user', message: { content: [{ type: 'tool_result', content: 'ok' }] } },
    {
      type: 'result',
      subtype: 'success',
      is_error: false,
      result: 'All fine.',
      total_cost_usd: 0.01,
      usage: { input_tokens: 4, cache_creation_input_tokens: 100, cache_read_input_tokens: 1_000, output_tokens: 7 },
    },
  )
  assert.equal(events, [
    { type: 'output', text: 'Looking.\n' },
    { type: 'progress', message: 'uses Bash' },
    { type: 'usage', usage: { inputTokens: 1_104, outputTokens: 7, costUsd: 0.01 } },
    { type: 'answer', text: 'All fine.' },
    { type: 'done' },
  ])
})

test('claude: a result that is an error is a failure', () => {
  const [, limit] = read(readClaude, { type: 'result', subtype: 'error_max_turns', is_error: true })
  assert.equal(limit, { type: 'failure', message: 'it ended with error_max_turns' })
  const [, login] = read(readClaude, { type: 'result', subtype: 'success', is_error: true, result: 'Invalid API key' })
  assert.equal(login, { type: 'failure', message: 'Invalid API key' })
})

test('codex: commands, the last message and the usage of the turn', () => {
  const events = read(
    readCodex,
    { type: 'thread.started', thread_id: 't' },
    { type: 'turn.started' },
    { type: 'item.started', item: { id: 'item_0', type: 'command_execution', command: 'bash -lc ls', status: 'in_progress' } },
    { type: 'item.completed', item: { id: 'item_0', type: 'command_execution', command: 'bash -lc ls', exit_code: 0 } },
    { type: 'item.completed', item: { id: 'item_1', type: 'agent_message', text: 'Three files.' } },
    { type: 'turn.completed', usage: { input_tokens: 90, cached_input_tokens: 60, output_tokens: 5 } },
  )
  assert.equal(events, [
    { type: 'progress', message: 'runs bash -lc ls' },
    { type: 'output', text: 'Three files.\n' },
    { type: 'answer', text: 'Three files.' },
    { type: 'usage', usage: { inputTokens: 90, outputTokens: 5 } },
    { type: 'done' },
  ])
})

test('codex: a failed turn is a failure, an error it may recover from is not', () => {
  assert.equal(read(readCodex, { type: 'error', message: 'reconnecting' }, { type: 'turn.failed', error: { message: 'no quota' } }), [
    { type: 'progress', message: 'reconnecting' },
    { type: 'failure', message: 'no quota' },
  ])
})

test('the presets start the programs as their documentation has it, with what is added', () => {
  assert.equal(presets.claude(['--model', 'x']).command, ['claude', '-p', '--output-format', 'stream-json', '--verbose', '--model', 'x'])
  assert.equal(presets.codex([]).command, ['codex', 'exec', '--json', '-'])
})

test('lines are put together from any pieces', () => {
  const { add, rest } = lineReader(100)
  const bytes = Buffer.from('a\r\n\u00fc\nlast')
  const lines = [...bytes].flatMap((byte) => add(Buffer.of(byte)) ?? [])
  assert.equal([lines, rest()], [['a', '\u00fc'], 'last'])
})

test.run()
