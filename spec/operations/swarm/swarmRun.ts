import { lastValueFrom, toArray } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import type { RunOptions } from '../../../src/engine/options.js'
import type { BatchEvent } from '../../../src/model/event.js'
import type { OperationError } from '../../../src/model/operationError.js'
import { operationRegistry, type OperationRegistry } from '../../../src/model/operationType.js'
import { fileOperations } from '../../../src/operations/file/fileOperations.js'
import { shellOperations } from '../../../src/operations/shell/shellOperations.js'
import { agents, type Agents, type AgentsOptions } from '../../../src/operations/swarm/agents.js'

/** One operation on a swarm, as a plan has it. */
export const swarm = (operation: string, params: object = {}, settings: object = {}): object => ({
  type: 'swarm',
  operation,
  params,
  ...settings,
})

export const file = (operation: string, params: object, settings: object = {}): object => ({ type: 'file', operation, params, ...settings })

/** The operations of one batch: those of files and programs in a folder, and those of agents. */
export function operationsIn(root: string, held: Agents): OperationRegistry {
  const registry: OperationRegistry = operationRegistry([
    ...fileOperations({ roots: [root] }),
    ...shellOperations({ roots: [root] }),
    ...held.types(() => registry),
  ])
  return registry
}

export const agentsIn = (root: string, options: Omit<AgentsOptions, 'roots'> = {}): Agents => agents({ roots: [root], ...options })

/** Everything that happened in a batch. */
export interface Told {
  readonly events: readonly BatchEvent[]
  /** What operations gave, by id. */
  readonly values: Readonly<Record<string, unknown>>
  /** The messages of those that failed, by id. */
  readonly errors: Readonly<Record<string, string>>
  /** The errors themselves. */
  readonly failures: Readonly<Record<string, OperationError>>
  /** Ids in the order in which they succeeded. */
  readonly order: readonly string[]
  readonly emitted: (name: string) => readonly Readonly<Record<string, unknown>>[]
}

/** Runs a batch to its end. */
export async function told(
  operations: readonly object[],
  registry: OperationRegistry,
  options: RunOptions = {},
  onFailure = 'continue',
): Promise<Told> {
  const plan: unknown = { operations, onFailure }
  const events = await lastValueFrom(runBatch(plan, { ...options, operations: registry }).pipe(toArray()))
  const succeeded = events.flatMap((event) => (event.type === 'operation-succeeded' ? [event] : []))
  const failed = events.flatMap((event) => (event.type === 'operation-failed' ? [event] : []))
  return {
    events,
    values: Object.fromEntries(succeeded.map(({ id, value }) => [id, value])),
    errors: Object.fromEntries(failed.map(({ id, error }) => [id, error.message])),
    failures: Object.fromEntries(failed.map(({ id, error }) => [id, error])),
    order: succeeded.map(({ id }) => id),
    // What these operations emit are objects.
    emitted: (name) =>
      events.flatMap((event) => (event.type === 'operation-emitted' && event.name === name ? [event.data as object] : [])) as never,
  }
}
