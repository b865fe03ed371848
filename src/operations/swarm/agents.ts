import { isPlainObject } from '../../model/codec/plainObject.js'
import { longestDelayMs } from '../../model/limits.js'
import { checkOptions, type Fields } from '../../model/options/checkOptions.js'
import { aFunction, hasFields, kind, listOf, required, someText, wholeNumber } from '../../model/options/kinds.js'
import type { AnyOperationType, OperationRegistry } from '../../model/operationType.js'
import { agentOperations } from '../agent/agentOperations.js'
import type { OnInput } from '../agent/conversation/converse.js'
import { workplace, type WorkplaceOptions } from '../agent/workplace.js'
import { swarmOperations } from './swarmOperations.js'
import { swarms, type SwarmsOptions } from './swarms.js'

/** The kinds, runners and topologies of agents, and their limits. */
export interface AgentsOptions extends WorkplaceOptions, SwarmsOptions {}

/** Agents and their swarms, until `dispose`. */
export interface Agents {
  /**
   * The operation types `agent` and `swarm`; `registry` returns those that agents can perform. `onInput` answers agents that ask a
   * question, in place of the one in the options.
   */
  readonly types: (registry: () => OperationRegistry, onInput?: OnInput) => readonly AnyOperationType[]
  /** Ends every swarm, and resolves when all their work has ended. */
  readonly dispose: () => Promise<void>
}

const count = wholeNumber(1, 1_000_000)

const agentsFields = {
  roots: required(listOf(someText, 'a list of folders'), 'Give the folders that agent programs can run in, such as ["."].'),
  kinds: kind('agent kinds by name', isPlainObject),
  maxProcesses: count,
  onInput: aFunction,
  limits: kind('limits of runners', isPlainObject),
  topologies: listOf(kind('a topology', hasFields), 'a list of topologies'),
  idleMs: wholeNumber(1, longestDelayMs),
  maxSwarms: count,
  mailboxLimit: count,
} satisfies Fields<AgentsOptions>

/**
 * Makes a set of agents and swarms, with kinds and runners of your own. Nothing is started.
 *
 * Swarms outlive the runs that made them, until `terminate`, the idle limit or `dispose`.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { outcomes, runBatch } from 'millrace'
 * import { agents, standardOperations } from 'millrace/node'
 * const held = agents({
 *   roots: ['.'],
 *   kinds: { poet: { runner: { type: 'fn', run: ({ text }) => `A verse ${text}.` } } },
 * })
 * const operations = standardOperations({ root: '.', agents: held })
 * const task = { type: 'agent', operation: 'run', params: { agent: 'poet', task: 'of bees' } }
 * const { outcome } = await lastValueFrom(runBatch([task], { operations }).pipe(outcomes()))
 * outcome // => { type: 'succeeded', value: 'A verse of bees.' }
 * ```
 * @since 0.1.0
 */
export function agents(options: AgentsOptions): Agents {
  checkOptions('agents', options, agentsFields)
  const place = workplace(options)
  const held = swarms(options)
  return {
    types(registry, onInput = place.onInput) {
      const asking = { ...place, onInput }
      return [...agentOperations(asking, registry), ...swarmOperations(held, asking, registry)]
    },
    dispose: () => held.dispose(),
  }
}
