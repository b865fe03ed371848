import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { anyOf, array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { oneOf, text } from '../../model/codec/values.js'
import type { AgentKindOptions } from './agentKind.js'
import { presets } from './runners/presets.js'
import type { Runner } from './runner.js'

const filled = text({ minLength: 1 })
const cwd = described(filled, 'The folder it runs in, inside the roots. Default: the first root.')

const Preset = closed(
  'a preset',
  { preset: described(oneOf('claude', 'codex'), 'A program whose way of speaking is known.') },
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

/** One kind of agents in the configuration. */
export const AgentConfig = closed(
  'a kind of agents',
  {},
  {
    runner: described(RunnerConfig, 'Who does tasks given in words. Default: nobody.'),
    allow: described(array(filled), 'Operations it may perform, such as file.*. Default: as the built-in kind of this name.'),
  },
)
export type AgentConfig = t.TypeOf<typeof AgentConfig>

/** A kind as the configuration has it, ready to be used. */
export function kindOf({ runner, allow }: AgentConfig): AgentKindOptions {
  return { ...(allow !== undefined && { allow }), ...(runner !== undefined && { runner: runnerOf(runner) }) }
}

function runnerOf(config: t.TypeOf<typeof RunnerConfig>): Runner {
  if ('url' in config) return { type: 'http', ...config }
  const folder = config.cwd === undefined ? {} : { cwd: config.cwd }
  if ('command' in config) return { type: 'process', command: config.command, format: config.format ?? 'ndjson', ...folder }
  return { type: 'process', ...presets[config.preset](config.args ?? []), ...folder }
}
