import type { EdgeCounts } from './event.js'
import type { Outcome } from './outcome.js'
import type { OnFailure, PoolLimit, Priority, RetryPolicy, Undo, When } from './plan.js'
import type { AttemptContext, Work } from './work.js'

/** What earlier operations came to, by their index. */
export interface Results {
  /** Whether it succeeded. */
  has(index: number): boolean
  /** Its value, if it did. */
  get(index: number): unknown
  /** How it ended. */
  outcome(index: number): Outcome
  /** Told of every secret text an operation is given, before it starts: no event of the run will show it. */
  conceal(text: string, span: SecretSpan): void
}

/** Of what a text is a secret: the whole run, as a `$secret` is, or one operation, of which there may be any number. */
export type SecretSpan = 'run' | 'operation'

/**
 * One operation as the engine runs it. Whoever makes operations gives all of one plan the same fields in the same order:
 * the hot path reads them.
 */
export interface CompiledOperation {
  readonly id: string
  /** `file.write`, for metrics and people. */
  readonly name: string
  /** What people see instead of the id. */
  readonly title?: string | undefined
  readonly when: When
  readonly priority: Priority
  /** Slots it takes; 0 for one that only coordinates others, and for a service. */
  readonly weight: number
  /** Whether those that wait for it wait only until it is ready, and it ends when the last of them has. */
  readonly service?: boolean | undefined
  readonly pool: string | undefined
  /** Of what it asks a server for, when that is known before it starts: operations of one origin and no pool share the cooldown of that. */
  readonly origin?: string | undefined
  /** Where it is performed; undefined for here, in the process of the run. */
  readonly place?: string | undefined
  readonly timeoutMs: number | undefined
  readonly retry: RetryPolicy | undefined
  readonly fallback: { readonly value: unknown } | undefined
  readonly undo: Undo | undefined
  /** Whether it registers by itself what has to be taken back: nothing registered is nothing to take back. */
  readonly undoes: boolean
  /** Whether its parameters hold a secret: a `$secret`, or a field on the published list of names. */
  readonly secret: boolean
  /** The operation that added it, for a child. */
  readonly parent?: string
  readonly condition?: CompiledCondition | undefined
  /** Indexes of the operations whose values it reads. */
  readonly sources: readonly number[]
  /** Starts one attempt. May throw: that is a failed attempt. */
  readonly start: (operation: CompiledOperation, context: AttemptContext, results: Results) => Work<unknown>
}

/** Why an operation waits for another. `order` only delays; the others count for its gate. */
export type EdgeKind = keyof EdgeCounts

/** One edge as people see it. */
export interface Edge {
  readonly from: string
  readonly to: string
  readonly kind: EdgeKind
  /** In words: `writes app/package.json, which copy reads`. */
  readonly why: string
  /** What both touch, as the earlier one names it: `file:/srv/app`. Undefined where the plan itself tells the edge. */
  readonly resource: string | undefined
}

/**
 * The wiring of a plan. Nodes 0 … operations-1 are the operations; the rest are joins, which do nothing but pass on that everything
 * before them has ended, so that n accesses before m others make n + m edges and not n × m.
 */
export interface Graph {
  readonly operations: readonly CompiledOperation[]
  readonly nodes: number
  /** How many edges end at each node. */
  readonly waits: Int32Array
  /** The edges that start at node `n` are `targets[offsets[n]] … targets[offsets[n + 1] - 1]`. */
  readonly offsets: Int32Array
  readonly targets: Int32Array
  /** For each of those: 1 when it counts for the gate, 0 when it only delays. */
  readonly counts: Uint8Array
  /** For each of those: why it is there, 0 explicit, 1 reference, 2 effect, 3 order. */
  readonly kinds: Uint8Array
  readonly edgeCounts: EdgeCounts
  /** For an operation that shares an equal earlier read: the index of that one. Empty when none does. */
  readonly shared: ReadonlyMap<number, number>
  /** For each operation, how many others may ask how it ended. */
  readonly referrers: Int32Array
  /** Indexes of the services. */
  readonly services: readonly number[]
  /** The operations that are given secrets, or whose undo is. */
  readonly secretive: readonly CompiledOperation[]
  /** Every edge, joins seen through. Made when asked for, and the reason of each when that is read. */
  edges(): readonly Edge[]
}

/** A plan ready to run. */
export interface CompiledPlan {
  readonly name: string | undefined
  readonly concurrency: number
  readonly timeoutMs: number | undefined
  readonly onFailure: OnFailure
  readonly pools: ReadonlyMap<string, PoolLimit>
  readonly retryBudget: number | undefined
  readonly returns: readonly string[] | undefined
  readonly graph: Graph
}

/** What decides whether an operation runs at all: settled before the run, or asked when its gate opens. */
export type CompiledCondition =
  | { readonly type: 'unmet'; readonly why: string }
  | {
      readonly type: 'asked'
      /** Why it does not hold; undefined when it does. Throws where that cannot be told: the operation fails. */
      readonly unmet: (results: Results, redact: (text: string) => string) => string | undefined
    }
