import type { AgentKindOptions } from '../agent/agentKind.js'
import { kindOf } from '../agent/agentConfig.js'
import { agents, type Agents, type AgentsOptions } from '../swarm/agents.js'
import type { Config } from './config.js'

/** The place for agents that a configuration asks for. */
export function agentsOf(config: Config, options: Omit<AgentsOptions, 'kinds' | 'maxProcesses'>): Agents {
  const { maxProcesses } = config
  return agents({
    ...options,
    kinds: configuredKinds(config),
    ...(maxProcesses !== undefined && { maxProcesses }),
  })
}

/** The kinds of agents a configuration adds to the built-in ones, or changes of them. */
export function configuredKinds({ agents: kinds = {} }: Config): Readonly<Record<string, AgentKindOptions>> {
  return Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, kindOf(kind)]))
}
