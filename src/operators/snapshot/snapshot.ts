import type { OperationError } from '../../model/operationError.js'
import type { Summary } from '../../model/summary.js'
import type { OperationSnapshot, OperationState } from './operationSnapshot.js'

/** How many operations are in which state. */
export type StateCounts = { readonly [S in OperationState | 'total']: number }

/** The state of a run at one moment, frozen. */
export interface Snapshot {
  /** `idle` until its first event. */
  readonly phase: 'idle' | 'running' | 'finished'
  readonly runId?: string
  readonly name?: string
  /** `total` grows when an operation adds others. */
  readonly counts: StateCounts
  /**
   * Every operation that has become ready or has ended, in the order they were first heard of, 256 to a chunk. A chunk and an
   * operation in which nothing changed are the same objects as in the snapshot before.
   */
  readonly chunks: readonly (readonly OperationSnapshot[])[]
  /** The last 20 operations that failed, the latest last. */
  readonly failures: readonly { readonly id: string; readonly error: OperationError }[]
  /** The last 100 named events of operations, the newest last: what agents and swarms did, for one. */
  readonly emitted: readonly { readonly id: string; readonly at: number; readonly name: string; readonly data: unknown }[]
  /** Once it has finished. */
  readonly summary?: Summary
}

/** @internal */
export const chunkSize = 256

type Positions = ReadonlyMap<string, number>

// Beside the snapshots and not in them: they stay plain data that `postMessage` can send. One that was sent has none and gets its
// own at the first question.
const positionsOf = new WeakMap<Snapshot['chunks'], Positions>()

/**
 * Looks an operation up in a snapshot, in constant time.
 *
 * Returns `undefined` for an operation without an event so far: it waits for others, or does not exist.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { operation, operationOf, runBatch, snapshots } from 'millrace'
 * const last = await lastValueFrom(runBatch([operation('a', () => 7)]).pipe(snapshots()))
 * operationOf(last, 'a')?.state // => 'succeeded'
 * ```
 * @see {@link snapshots}
 * @since 0.1.0
 */
export function operationOf({ chunks }: Snapshot, id: string): OperationSnapshot | undefined {
  const position = (positionsOf.get(chunks) ?? remember(chunks, positionsIn(chunks))).get(id)
  // Positions are shared by all snapshots of a run, and only grow: one beyond the end belongs to a later snapshot.
  return position === undefined ? undefined : chunks[Math.floor(position / chunkSize)]?.[position % chunkSize]
}

/** @internal */
export function remember(chunks: Snapshot['chunks'], positions: Positions): Positions {
  positionsOf.set(chunks, positions)
  return positions
}

function positionsIn(chunks: Snapshot['chunks']): Positions {
  return new Map(chunks.flat().map(({ id }, position) => [id, position]))
}
