import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kindOf } from '../../../src/operations/agent/agentConfig.js'
import { readConfig } from '../../../src/operations/config/config.js'

const test = suite('the configuration file')

test('kinds have a runner by preset, by command or by endpoint, and operations they may perform', () => {
  const read = readConfig(
    JSON.stringify({
      maxProcesses: 2,
      agents: {
        coder: { runner: { preset: 'claude', args: ['--model', 'x'] } },
        mine: { runner: { command: ['my-agent', '{{agent}}'], cwd: 'app' }, allow: ['file.*'] },
        cheap: { runner: { url: 'http://localhost:11434/v1/chat/completions', model: 'small', apiKeyEnv: 'KEY' } },
      },
      mcpServers: { files: { command: 'files-server' } },
    }),
    'c.json',
  )
  const agents = read._tag === 'Right' ? (read.right.agents ?? {}) : {}
  assert.equal(Object.values(agents).map(kindOf), [
    {
      runner: {
        type: 'process',
        command: ['claude', '-p', '--output-format', 'stream-json', '--verbose', '--model', 'x'],
        format: 'claude',
      },
    },
    { allow: ['file.*'], runner: { type: 'process', command: ['my-agent', '{{agent}}'], format: 'ndjson', cwd: 'app' } },
    { runner: { type: 'http', url: 'http://localhost:11434/v1/chat/completions', model: 'small', apiKeyEnv: 'KEY' } },
  ])
})

for (const [title, text, expected] of [
  [
    'with an unknown field',
    '{"agent":{}}',
    'c.json: agent: there is no field "agent" here.\nDid you mean "agents"? The fields are: confirm, alerts, agents, maxProcesses, mcpServers.',
  ],
  [
    'with a runner of no known form',
    '{"agents":{"coder":{"runner":{"preset":"clyde"}}}}',
    'c.json: agents.coder.runner: expected a runner: {"preset": "claude" or "codex"} with args and cwd, {"command": ["program", "argument"]} with format and cwd, or {"url": "…/chat/completions", "model": "…"} with apiKeyEnv, received {"preset":"clyde"}.',
  ],
  [
    'with a kind whose name could be no part of an id',
    '{"agents":{"my coder":{}}}',
    'c.json: agents["\\"my coder\\""]: expected the name of a kind of agents, of at most 59 characters without ".", "/" and white space, received "my coder".',
  ],
] as const)
  test(`one ${title} is refused, with the way out`, () => {
    const read = readConfig(text, 'c.json')
    assert.is(read._tag === 'Left' && read.left, expected)
  })

test('one that is not JSON is refused with the place', () => {
  const read = readConfig('{', 'c.json')
  assert.match(read._tag === 'Left' ? read.left : '', "c.json: it is not JSON: Expected property name or '}' in JSON at position 1")
})

test.run()
