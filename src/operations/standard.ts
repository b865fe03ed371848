// operations: what operations do: files, programs, HTTP requests, tools, agents and swarms.
import { operationRegistry, type OperationRegistry } from '../model/operationType.js'
import { fileOperations } from './file/fileOperations.js'
import { httpOperations } from './http/httpOperations.js'
import { projectOperations } from './project/projectOperations.js'
import { shellOperations } from './shell/shellOperations.js'
import { agents as agentsAt, type Agents } from './swarm/agents.js'

/** What the standard operations may reach. */
export interface StandardOptions {
  /** The folder, or folders, that paths may not leave; relative paths start at the first. Default: the working folder. */
  readonly root?: string | readonly string[]
  /** Programs that `shell` may start. Default: all. */
  readonly allowPrograms?: readonly string[]
  /** Environment variables that `shell` may set for a program. Default: all. */
  readonly allowEnv?: readonly string[]
  /** Whether `http` may reach private and loopback addresses. Default: no. */
  readonly allowPrivateAddresses?: boolean
  /** Where agents and swarms live. Default: a place of this registry's own, with the built-in kinds and no runners. */
  readonly agents?: Agents
}

/**
 * The operation types every plan can use on Node: `file`, `shell`, `http`, `agent`, `swarm` and `project`.
 *
 * An allowed program that is not on the machine is `not-found` when an attempt asks for it.
 *
 * @example
 * ```ts
 * import { standardOperations } from 'millrace/node'
 * standardOperations({ root: '.' }).has('file.write') // => true
 * ```
 * @since 0.1.0
 */
export function standardOperations(options: StandardOptions = {}): OperationRegistry {
  const { root = '.', allowPrograms, allowEnv, allowPrivateAddresses } = options
  const roots = typeof root === 'string' ? [root] : root
  const { agents = agentsAt({ roots }) } = options
  const registry: OperationRegistry = operationRegistry([
    ...fileOperations({ roots }),
    ...shellOperations({ roots, ...(allowPrograms !== undefined && { allowPrograms }), ...(allowEnv !== undefined && { allowEnv }) }),
    ...httpOperations({ ...(allowPrivateAddresses !== undefined && { allowPrivateAddresses }) }),
    ...agents.types(() => registry),
    ...projectOperations(() => registry),
  ])
  return registry
}
