import type { JsonSchemaType } from '@modelcontextprotocol/client'
import type { AnyOperationType } from '../../model/operationType.js'
import { toolServer, type ToolServer } from './server.js'
import type { ServerConfig } from './serverConfig.js'
import { ServerFault } from './serverFault.js'
import { toolOperation, unknownTool } from './toolOperation.js'

/** The downstream servers of a configuration. None is started before one of its tools is asked for. */
export interface ToolServers {
  readonly names: readonly string[]
  /**
   * The operation types of the servers that are named, which are started for that.
   *
   * `operations` are what a plan names, `server.tool` each: of a server that cannot be started, these are there all the same and
   * fail when they are attempted, so that the rest of the plan goes on.
   */
  readonly typesFor: (operations: readonly string[]) => Promise<readonly AnyOperationType[]>
  /** Why a server could not be used when it was asked last; undefined where it could, or was not asked. */
  readonly reasonAgainst: (server: string) => string | undefined
  /** Ends every server that was started. */
  readonly close: () => Promise<void>
}

export function toolServers(configs: Readonly<Record<string, ServerConfig>>): ToolServers {
  const servers = new Map(Object.entries(configs).map(([name, config]) => [name, toolServer(name, config)]))
  const reasons = new Map<string, string>()
  return {
    names: [...servers.keys()],
    async typesFor(operations) {
      const asked = [...servers.values()].filter(({ name }) => operations.some((operation) => serverOf(operation) === name))
      return (await Promise.all(asked.map((server) => typesOf(server, operations, reasons)))).flat()
    },
    reasonAgainst: (server) => reasons.get(server),
    close: async () => {
      await Promise.allSettled([...servers.values()].map((server) => server.close()))
    },
  }
}

/** The server in `server.tool`: what stands before the first dot. */
export function serverOf(operation: string): string {
  return operation.split('.', 1)[0] ?? ''
}

async function typesOf(
  server: ToolServer,
  operations: readonly string[],
  reasons: Map<string, string>,
): Promise<readonly AnyOperationType[]> {
  try {
    const tools = await server.tools()
    reasons.delete(server.name)
    const { CfWorkerJsonSchemaValidator } = await import('@modelcontextprotocol/client/validators/cf-worker')
    const validator = new CfWorkerJsonSchemaValidator({ shortcircuit: false })
    return tools.map((tool) => toolOperation(server, tool, validator.getValidator(tool.inputSchema as JsonSchemaType)))
  } catch (error) {
    if (!(error instanceof ServerFault)) throw error
    reasons.set(server.name, error.message)
    const named = new Set(operations.filter((operation) => serverOf(operation) === server.name && !operation.includes('*')))
    return [...named].map((operation) => unknownTool(server, operation))
  }
}
