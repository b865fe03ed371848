import { kindOf } from '../agent/agentConfig.js'
import { agents, type Agents, type AgentsOptions } from '../swarm/agents.js'
import type { Config } from './config.js'

/** The place for agents that a configuration asks for. */
export function agentsOf(config: Config, options: Omit<AgentsOptions, 'kinds' | 'maxProcesses'>): Agents {
  const { agents: kinds = {}, maxProcesses } = config
  return agents({
    ...options,
    kinds: Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, kindOf(kind)])),
    ...(maxProcesses !== undefined && { maxProcesses }),
  })
}
