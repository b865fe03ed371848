// operations/config: the configuration file: agent kinds, downstream servers and defaults.
import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { decodingFaults } from '../../graph/params/decodingFaults.js'
import { closed } from '../../model/codec/closed.js'
import { array, record } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { integer, text } from '../../model/codec/values.js'
import { describeFault } from '../../model/fault/describeFault.js'
import type { PlanFault } from '../../model/fault/fault.js'
import { quoteText } from '../../model/fault/quote.js'
import { AgentConfig, unusedSettings } from '../agent/agentConfig.js'
import { ServerConfig } from '../tool/serverConfig.js'

/** The configuration file, for `millrace run` and `millrace mcp` alike. */
export const Config = closed(
  'the configuration',
  {},
  {
    confirm: described(
      array(text({ minLength: 1, maxLength: 1_000 }), { maxItems: 1_000 }),
      'Operations that the user must confirm before a batch runs: "shell.run", "file.delete:src/**", "agent.*".',
    ),
    alerts: described(
      array(text({ minLength: 1, maxLength: 1_000 }), { maxItems: 100 }),
      'When a run from the command line raises an alert: "failure-rate>0.1", "stalled>30s", "shell.run.p95Ms>500".',
    ),
    agents: described(record(AgentConfig), 'Kinds of agents, by name: what each can do, and what runs its tasks.'),
    maxProcesses: described(integer({ minimum: 1, maximum: 1_000 }), 'Most agent programs at once. Default 4.'),
    mcpServers: described(record(ServerConfig), 'Downstream servers with tools for plans, by name.'),
  },
)
export type Config = t.TypeOf<typeof Config>

/** A configuration from the text of its file; a `Left` says everything that is wrong with it. */
export function readConfig(text: string, file: string): E.Either<string, Config> {
  const value = parsed(text)
  if (value instanceof SyntaxError) return E.left(`${file}: it is not JSON: ${value.message}.`)
  const decoded = Config.decode(value)
  const faults = decoded._tag === 'Left' ? decodingFaults(decoded.left, value, []) : configFaults(decoded.right)
  if (decoded._tag === 'Right' && faults.length === 0) return decoded
  return E.left(faults.map((fault) => `${file}: ${describeFault(fault)}`).join('\n'))
}

function configFaults({ agents = {}, mcpServers = {} }: Config): readonly PlanFault[] {
  return [
    // A plan names a tool as `server.tool`, so a dot in the first part would be read as the end of it.
    ...unfit(mcpServers, /[.\s*]/u).map((name) => nameFault('mcpServers', 'a server, without ".", "*" and white space', name)),
    // Agents are called by their kind and a number, and those names are parts of ids.
    ...unfit(agents, /[.\s/]|^.{60}/u).map((name) =>
      nameFault('agents', 'a kind of agents, of at most 59 characters without ".", "/" and white space', name),
    ),
    ...Object.entries(agents).flatMap(([name, kind]) => unusedSettings(kind).map((field) => unusedFault(name, field))),
  ]
}

const unfit = (named: object, wrong: RegExp): readonly string[] => Object.keys(named).filter((name) => name === '' || wrong.test(name))

function nameFault(field: string, what: string, name: string): PlanFault {
  return { type: 'invalid-value', at: [field, quoteText(name)], expected: `the name of ${what}`, received: name }
}

function unusedFault(name: string, field: string): PlanFault {
  const expected = 'nothing here: only chat endpoints use it, and the runner of this kind is a program'
  return { type: 'invalid-value', at: ['agents', name, field], expected, received: 'a value' }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return error
    throw error
  }
}
