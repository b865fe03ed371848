import type { AnyOperationType } from '../../model/operationType.js'
import type { Config } from '../../operations/config/config.js'
import type { ToolServers } from '../../operations/tool/toolServers.js'
import { toolsNamed } from '../../operations/tool/toolsNamed.js'

/** The downstream servers of a configuration, for one command. */
export interface Downstream {
  /** The types of the tools that a plan names. Their servers are started for that; no other is. */
  readonly typesFor: (plan: unknown) => Promise<readonly AnyOperationType[]>
  readonly close: () => Promise<void>
}

/** Whether a plan uses a tool of one of these servers. */
export function usesDownstream(plan: unknown, { mcpServers = {} }: Config = {}): boolean {
  return toolsOf(plan, mcpServers).length > 0
}

function toolsOf(plan: unknown, servers: object): readonly string[] {
  return toolsNamed(plan).filter((tool) => Object.hasOwn(servers, tool.split('.', 1)[0] ?? ''))
}

export function downstreamOf({ mcpServers = {} }: Config = {}): Downstream {
  let servers: Promise<ToolServers> | undefined
  return {
    async typesFor(plan) {
      const named = toolsOf(plan, mcpServers)
      if (named.length === 0) return []
      // The client of these servers is loaded where a plan uses one.
      servers ??= import('../../operations/tool/toolServers.js').then(({ toolServers }) => toolServers(mcpServers))
      return (await servers).typesFor(named)
    },
    close: async () => (await servers)?.close(),
  }
}
