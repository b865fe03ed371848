import type { CompiledPlanOperation } from '../../graph/operations/compiledOperation.js'
import type { Earlier } from '../../graph/streamReader.js'
import type { Operation } from '../../model/code/operation.js'
import type { OperationType } from '../../model/operationType.js'
import type { Outcome } from '../../model/outcome.js'
import type { EndStatus, RootCauses } from './dependencies.js'

/** An operation of a stream that later ones may name or wait for. */
export interface EarlierOperation {
  readonly position: number
  readonly id: string
  /** What a reference to it is checked by. The operation itself is let go when it has ended. */
  readonly operationType: OperationType
  readonly fallback: CompiledPlanOperation['fallback']
  /** The unfinished operations that wait for it, and whether its success counts for them. */
  waiters: { readonly index: number; readonly counts: boolean }[] | undefined
  ended: { readonly status: EndStatus; readonly because: RootCauses; readonly outcome: Outcome } | undefined
}

/** The operations of a stream, as far back as later ones may refer to them. */
export interface LookBack extends Earlier {
  /** The next operation to be read stands at this position: what is too far back from there is forgotten. */
  moveTo(position: number): void
  remember(entry: EarlierOperation, keep: boolean, made: Operation | undefined): void
  /** An operation that was found since the last move. */
  found(position: number): EarlierOperation
}

/** Messages name this many of the operations there are. */
const mostNamed = 12

/**
 * Two maps in turn: once as many positions as one may look back have passed, the older map is dropped whole. Deleting from one map
 * as it slides costs four times as much. An operation made in code can be named for as long as the caller holds it.
 */
export function lookBack(reach: number): LookBack {
  const kept = new Map<string, EarlierOperation>()
  const self = {}
  // A list, asked in nearly the order in which it grew: a map that is emptied for each operation is made anew each time.
  const found: EarlierOperation[] = []
  let asked = 0
  let recent = new Map<string, EarlierOperation>()
  let before = new Map<string, EarlierOperation>()
  let now = 0
  let turned = 0

  const byId = (id: string): EarlierOperation | undefined => {
    const entry = recent.get(id) ?? before.get(id)
    return entry !== undefined && now - entry.position <= reach ? entry : kept.get(id)
  }
  const noted = (entry: EarlierOperation | undefined): EarlierOperation | undefined => {
    if (entry !== undefined) found.push(entry)
    return entry
  }

  return {
    find(id) {
      const entry = noted(byId(id))
      return entry && { index: entry.position, operationType: entry.operationType, fallback: entry.fallback }
    },
    positionOf: (id) => byId(id)?.position,
    findMade: (operation) => noted(seenIn(operation, self))?.position,
    ids: () => [...before.keys(), ...recent.keys()].slice(-mostNamed),
    moveTo(position) {
      now = position
      found.length = 0
      if (position - turned < reach) return
      before = recent
      recent = new Map()
      turned = position
    },
    remember(entry, keep, made) {
      recent.set(entry.id, entry)
      if (keep) kept.set(entry.id, entry)
      if (made !== undefined) see(made, self, entry)
    },
    found(position) {
      for (let tried = 0; tried < found.length; tried++, asked++) {
        if (asked >= found.length) asked = 0
        if (found[asked]!.position === position) return found[asked]!
      }
      throw new Error(`A defect in millrace: the operation at position ${position} was referred to and not found.`)
    },
  }
}

/** Where an operation made in code stands in the streams it came in. */
const seen: unique symbol = Symbol('where it was seen')

interface Seen {
  /** Which stream it was. */
  readonly by: object
  readonly entry: EarlierOperation
  readonly before: Seen | undefined
}

// Kept on the operation itself, so that it goes when the caller lets the operation go: a WeakMap of millions costs three times as
// much. One operation in several streams has an entry for each.
function see(operation: Operation & { [seen]?: Seen }, by: object, entry: EarlierOperation): void {
  operation[seen] = { by, entry, before: operation[seen] }
}

function seenIn(operation: Operation & { readonly [seen]?: Seen }, by: object): EarlierOperation | undefined {
  for (let place = operation[seen]; place !== undefined; place = place.before) if (place.by === by) return place.entry
  return undefined
}
