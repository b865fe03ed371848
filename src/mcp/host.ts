import { resolve } from 'node:path'
import { isPlainObject, own } from '../model/codec/plainObject.js'
import type { PlanFault } from '../model/fault.js'
import { operationRegistry, type AnyOperationType, type OperationRegistry } from '../model/operationType.js'
import { fileOperations } from '../operations/file/fileOperations.js'
import { httpOperations } from '../operations/http/httpOperations.js'
import { shellOperations } from '../operations/shell/shellOperations.js'
import { batches, type Batches } from './batches/batches.js'
import { defaultLimits, type Limits } from './limits.js'

/** What the tools of one server may reach, and what they hold. All of it is decided when it is made: no message can widen it. */
export interface Host {
  /** Absolute; the first is where relative paths start. */
  readonly roots: readonly string[]
  readonly allowEnv: readonly string[]
  readonly limits: Limits
  readonly batches: Batches
  /** The operation types that can be used without asking any other server. */
  readonly operations: OperationRegistry
  /** The same, and those of the downstream servers that a plan names. */
  readonly operationsFor: (plan: object) => Promise<OperationRegistry>
  /** What to add to a fault that this server's own settings are the reason of. */
  readonly hint: (fault: PlanFault) => string
  /** The families of operation types there are, in words. */
  readonly known: () => string
  /** Stops all work, and is done once none is left. */
  readonly close: (reason: string) => Promise<void>
}

export interface HostOptions {
  /** The folder, or folders, that file operations may not leave. Default: the working folder. */
  readonly root?: string | readonly string[]
  /** Programs that `shell` may start, looked up at once. Default: none. */
  readonly allowPrograms?: readonly string[]
  /** Environment variables that plans may set for programs and read by `$secret`. Default: none. */
  readonly allowEnv?: readonly string[]
  /** Files out of reach besides `.millrace` and `.git/hooks`. */
  readonly reserved?: readonly string[]
  readonly limits?: Partial<Limits>
}

/** Makes the tools' surroundings. Nothing is started. */
export function toolHost(options: HostOptions = {}): Host {
  const { root = '.', allowPrograms = [], allowEnv = [], reserved = [], limits = {} } = options
  const roots = (typeof root === 'string' ? [root] : root).map((folder) => resolve(folder))
  const types: readonly AnyOperationType[] = [
    ...fileOperations({ roots, reserved: ['.git/hooks', ...reserved] }),
    // A type nobody may use is not offered: a model would try it.
    ...(allowPrograms.length > 0 ? shellOperations({ roots, allowPrograms, allowEnv }) : []),
    ...httpOperations(),
  ]
  const operations = operationRegistry(types)
  const held = batches()
  return {
    roots,
    allowEnv,
    limits: { ...defaultLimits, ...limits },
    batches: held,
    operations,
    operationsFor: () => Promise.resolve(operations),
    hint: (fault) =>
      fault.type === 'unknown-operation-type' && fault.name.startsWith('shell.') && allowPrograms.length === 0 ? noPrograms : '',
    known: () => `there are ${[...new Set([...operations.values()].map(({ type }) => `${type}.*`))].join(', ')}`,
    close: (reason) => held.close(reason),
  }
}

const noPrograms = '\nThis server starts no programs: it takes --allow-program NAME for that.'

/** The downstream servers whose tools a plan names. */
export function serversNamed(plan: object): ReadonlySet<string> {
  const operations = own(plan, 'operations')
  const names = new Set<string>()
  if (Array.isArray(operations))
    for (const operation of operations as readonly unknown[]) {
      if (!isPlainObject(operation) || own(operation, 'type') !== 'tool') continue
      const name = own(operation, 'operation')
      if (typeof name === 'string') names.add(name.split('.')[0] ?? '')
    }
  return names
}
