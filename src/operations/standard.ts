// operations: what operations do: files, programs, HTTP requests, tools, agents and swarms.
import { operationRegistry, type AnyOperationType, type OperationRegistry } from '../model/operationType.js'
import { checkOptions, refuse, type Fields } from '../model/options/checkOptions.js'
import { alsoCalled, flag, isFunction, hasFields, kind, listOf, required, someText } from '../model/options/kinds.js'
import type { OptionFault } from '../model/options/optionFault.js'
import { fileOperations } from './file/fileOperations.js'
import { httpOperations } from './http/httpOperations.js'
import { projectOperations } from './project/projectOperations.js'
import { shellOperations } from './shell/shellOperations.js'
import { agents as agentsAt, type Agents } from './swarm/agents.js'

/** What the standard operations can reach. */
export interface StandardOptions {
  /** The folder or folders that paths cannot leave; relative paths start in the first. `'.'` is the working folder. */
  readonly root: string | readonly string[]
  /** Programs that `shell` can start. Default: all. */
  readonly allowPrograms?: readonly string[]
  /** Environment variables that `shell` can set for a program. Default: all. */
  readonly allowEnv?: readonly string[]
  /** Whether `http` can reach private and loopback addresses. Default: no. */
  readonly allowPrivateAddresses?: boolean
  /** The agents and swarms, from `agents()`. Default: a set for this registry, with the built-in kinds and no runners. */
  readonly agents?: Agents
}

const names = listOf(someText, 'a list of names')

// Where a program may write is never guessed: not from a slip in the name of the option, not from its absence.
const standardFields = {
  root: alsoCalled(
    required(
      kind(
        'a folder, or a list of folders',
        (value) => isFolder(value) || (Array.isArray(value) && value.length > 0 && value.every(isFolder)),
        (value) => (value instanceof URL ? 'Give its path: fileURLToPath(url), of node:url.' : undefined),
      ),
      'Name the folder that paths cannot leave, such as { root: "." }.',
    ),
    'cwd',
    'dir',
    'directory',
    'folder',
    'path',
    'basePath',
    'rootDir',
    'workingDirectory',
  ),
  allowPrograms: alsoCalled(names, 'programs', 'allowedPrograms', 'commands', 'allowCommands'),
  allowEnv: alsoCalled(names, 'env', 'allowedEnv'),
  allowPrivateAddresses: alsoCalled(flag, 'allowLocalhost', 'allowPrivate', 'private'),
  agents: kind('agents, such as agents({ roots: ["."] })', (value) => hasFields(value) && isFunction(value['types'])),
} satisfies Fields<StandardOptions>

function isFolder(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function rootAlone(received: unknown): OptionFault {
  const wayOut = `Give the folder as { root: ${JSON.stringify(received)} }.`
  return { type: 'wrong-option', at: ['options'], expected: 'an object such as { root: "." }', received, wayOut }
}

/**
 * Makes the operation types for Node: `file`, `shell`, `http`, `agent`, `swarm` and `project`.
 *
 * An allowed program that is not installed fails with `not-found` in the attempt that starts it.
 *
 * @example
 * ```ts
 * import { standardOperations } from 'millrace/node'
 * standardOperations({ root: '.' }).has('file.write') // => true
 * ```
 * @since 0.1.0
 */
export function standardOperations(options: StandardOptions): OperationRegistry {
  if (typeof options === 'string' || Array.isArray(options)) refuse('standardOperations', [rootAlone(options)])
  checkOptions('standardOperations', options, standardFields)
  return standardWith(options, [])
}

/** The standard operations, and further types that agents can perform as well. */
export function standardWith(options: StandardOptions, further: readonly AnyOperationType[]): OperationRegistry {
  const { root, allowPrograms, allowEnv, allowPrivateAddresses } = options
  const roots = typeof root === 'string' ? [root] : root
  const { agents = agentsAt({ roots }) } = options
  const registry: OperationRegistry = operationRegistry([
    ...fileOperations({ roots }),
    ...shellOperations({ roots, ...(allowPrograms !== undefined && { allowPrograms }), ...(allowEnv !== undefined && { allowEnv }) }),
    ...httpOperations({ ...(allowPrivateAddresses !== undefined && { allowPrivateAddresses }) }),
    ...agents.types(() => registry),
    ...projectOperations(() => registry),
    ...further,
  ])
  return registry
}
