import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { anyOf, array, record } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { anyJson, finiteNumber, integer, oneOf, text } from '../../model/codec/values.js'
import type { AgentKindOptions } from './agentKind.js'
import { presets } from './runners/presets.js'
import type { Runner } from './runner.js'

const filled = text({ minLength: 1 })
const cwd = described(filled, 'The folder it runs in, inside the roots. Default: the first root.')

const Preset = closed(
  'a preset',
  { preset: described(oneOf('claude', 'codex'), 'A program whose output format is known.') },
  { args: described(array(text()), 'Further arguments for it.'), cwd },
)

const Program = closed(
  'a program',
  { command: described(array(filled, { minItems: 1 }), 'The program, then each of its arguments. {{agent}} and {{kind}} are replaced.') },
  { format: described(oneOf('text', 'ndjson', 'claude', 'codex'), 'How its output is read. Default: ndjson.'), cwd },
)

const Endpoint = closed(
  'a chat endpoint',
  { url: described(filled, 'Its whole URL.'), model: filled },
  { apiKeyEnv: described(filled, 'The environment variable that holds its key.') },
)

// A fault names what was expected: the three forms, rather than the names of three codecs.
const RunnerConfig = Object.assign(anyOf(Preset, Program, Endpoint), {
  name:
    'a runner: {"preset": "claude" or "codex"} with args and cwd, {"command": ["program", "argument"]} with format and cwd, ' +
    'or {"url": "…/chat/completions", "model": "…"} with apiKeyEnv',
})

const Budget = closed(
  'a budget',
  {},
  {
    maxTokens: described(integer({ minimum: 1 }), 'The most input and output tokens of all turns of a task.'),
    maxCostUsd: described(
      finiteNumber({ minimum: 0 }),
      'The most that a task can cost in US dollars, as the runner reports it or by "prices".',
    ),
    maxTurns: described(integer({ minimum: 1 }), 'How often the agent is asked for one task, the first time included.'),
  },
)

const Prices = closed(
  'prices',
  {
    input: described(finiteNumber({ minimum: 0 }), 'US dollars for a million input tokens.'),
    output: described(finiteNumber({ minimum: 0 }), 'US dollars for a million output tokens.'),
  },
  {},
)

/** One kind of agents in the configuration. */
export const AgentConfig = closed(
  'a kind of agents',
  {},
  {
    instructions: described(
      text(),
      'Instructions for every agent of the kind, before its task. Default: those of the built-in kind of this name.',
    ),
    model: described(filled, "The model to use, in place of the runner's own. In the command of a program, {{model}}."),
    temperature: described(finiteNumber({ minimum: 0 }), 'For endpoints: 0 gives the likeliest answer each time.'),
    maxTokens: described(integer({ minimum: 1 }), 'For endpoints: the most tokens of one answer.'),
    headers: described(record(text()), 'For endpoints: sent with every request.'),
    answer: described(record(anyJson), 'A JSON Schema. The answer must be JSON that matches it, and becomes the value.'),
    budget: described(Budget, 'Limits for one task. No turn starts once a limit is reached.'),
    prices: described(Prices, 'What tokens cost, for endpoints that report no cost.'),
    runner: described(RunnerConfig, 'What runs tasks given in words. Default: nothing.'),
    allow: described(array(filled), 'Operations it can perform, such as file.*. Default: those of the built-in kind of this name.'),
  },
)
export type AgentConfig = t.TypeOf<typeof AgentConfig>

/** A kind as the configuration has it, ready to be used. */
export function kindOf({ runner, ...settings }: AgentConfig): AgentKindOptions {
  return { ...settings, ...(runner !== undefined && { runner: runnerOf(runner, settings.model) }) }
}

function runnerOf(config: t.TypeOf<typeof RunnerConfig>, model: string | undefined): Runner {
  if ('url' in config) return { type: 'http', ...config }
  const folder = config.cwd === undefined ? {} : { cwd: config.cwd }
  if ('command' in config) return { type: 'process', command: config.command, format: config.format ?? 'ndjson', ...folder }
  // Both programs take the model by the same flag.
  const args = [...(model === undefined ? [] : ['--model', model]), ...(config.args ?? [])]
  return { type: 'process', ...presets[config.preset](args), ...folder }
}

const forEndpoints = ['temperature', 'maxTokens', 'headers'] as const

/** The settings of a kind that its runner cannot use: they would be ignored without a word. */
export function unusedSettings({ runner, ...settings }: AgentConfig): readonly string[] {
  return runner === undefined || 'url' in runner ? [] : forEndpoints.filter((name) => settings[name] !== undefined)
}
