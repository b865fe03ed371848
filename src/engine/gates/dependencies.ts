import type { Results, CompiledOperation } from '../../model/graph.js'
import type { Outcome } from '../../model/outcome.js'
import type { ServiceNeeds } from './serviceNeeds.js'

/** How the end of an operation looks to those that depend on it. */
export type EndStatus = 'fine' | 'failure' | 'gate'

/** Ids of operations at the root of a failure or a closed gate. */
export type RootCauses = readonly string[]

/** What waits for what, and what later operations may ask of earlier ones: of a plan, or of a stream of operations. */
export interface Dependencies {
  /** The next operation whose dependencies have all ended; -1 when there is none. */
  nextOpen(): number
  /** Whether a dependency that counts failed, was cancelled, or was skipped because of a failure. */
  sawFailure(index: number): boolean
  /** Whether one was skipped because its own condition did not hold. */
  sawGate(index: number): boolean
  /** The operations at the root of what it saw. */
  because(index: number): RootCauses
  /** An operation has ended: those that wait for it are counted down. */
  ended(index: number, operation: CompiledOperation, status: EndStatus, because: RootCauses, outcome: Outcome): void
  /** A service stands ready: those that wait for it are counted down, and its own end does not do so again. */
  ready(index: number, value: unknown): void
  /** The services, where there are some. */
  readonly services: ServiceNeeds | undefined
  /** The operation whose equal read this one shares, if that has succeeded. */
  sharedRead(index: number): { readonly id: string; readonly value: unknown } | undefined
  readonly results: Results
}

/** A skip names at most this many roots: a wide graph that fails in many places would else name all in all. */
const mostRoots = 100

export function mergedRootCauses(known: RootCauses | undefined, added: RootCauses): RootCauses {
  if (known === undefined || known === added) return added
  return [...new Set([...known, ...added])].slice(0, mostRoots)
}
