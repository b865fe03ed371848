import { isOperation } from '../../model/code/operation.js'
import { conflictOf } from '../../graph/effects/conflict.js'
import type { Access } from '../../graph/effects/access.js'
import type { StreamedOperation } from '../../graph/streamReader.js'
import type { Results } from '../../model/graph.js'
import { Fifo } from '../stream/fifo.js'
import type { EarlierOperation, LookBack } from './lookBack.js'
import { mergedRootCauses, type EndStatus, type RootCauses, type Dependencies } from './dependencies.js'

/** The dependencies of operations that come while the run goes on. */
export interface StreamDependencies extends Dependencies {
  /** Takes in the dependencies of an operation that was just read and taken in. */
  join(index: number, position: number, streamed: StreamedOperation, written: unknown): void
}

interface Gate {
  waiting: number
  sawFailure: boolean
  sawGate: boolean
  because: RootCauses
}

/** What a run knows of an unfinished operation; nothing at all of one that nobody can wait for and that waits for nobody. */
interface Unfinished {
  readonly entry: EarlierOperation
  readonly gate: Gate
  readonly accesses: readonly Access[]
  readonly sources: readonly EarlierOperation[]
}

const noRoots: RootCauses = []
const noSources: readonly EarlierOperation[] = []

export function streamDependencies(names: LookBack, conceal: Results['conceal']): StreamDependencies {
  /** By index: a map of few would be made anew at nearly every end. */
  const unfinished: (Unfinished | undefined)[] = []
  /** Those that touch something, in the order of the stream. */
  const touching = new Set<Unfinished>()
  /** What unfinished operations may ask for, by position, and how many of them may. */
  const asked = new Map<number, { readonly entry: EarlierOperation; by: number }>()
  const open = new Fifo<number>()

  const see = (gate: Gate, status: EndStatus, because: RootCauses): void => {
    if (status === 'fine') return
    if (status === 'failure') gate.because = gate.sawFailure ? mergedRootCauses(gate.because, because) : because
    else if (!gate.sawFailure) gate.because = mergedRootCauses(gate.because, because)
    if (status === 'failure') gate.sawFailure = true
    else gate.sawGate = true
  }

  const waitFor = (entry: EarlierOperation, index: number, gate: Gate, counts: boolean): void => {
    if (entry.ended === undefined) {
      gate.waiting++
      ;(entry.waiters ??= []).push({ index, counts })
    } else if (counts) see(gate, entry.ended.status, entry.ended.because)
  }

  // The newest of those in conflict is the last writer of what is read, if any is: the older ones only keep their order.
  const waitForTouching = (accesses: readonly Access[], index: number, gate: Gate): void => {
    let newest = true
    for (const earlier of [...touching].reverse()) {
      const conflict = conflictOf(earlier.accesses, accesses)
      if (conflict === 'none') continue
      waitFor(earlier.entry, index, gate, conflict === 'effect' && newest)
      newest = false
    }
  }

  const results: Results = {
    has: (position) => asked.get(position)?.entry.ended?.outcome.type === 'succeeded',
    get(position) {
      const outcome = asked.get(position)?.entry.ended?.outcome
      return outcome?.type === 'succeeded' ? outcome.value : undefined
    },
    outcome(position) {
      const ended = asked.get(position)?.entry.ended
      if (ended === undefined) throw new Error(`A defect in millrace: the outcome at position ${position} was asked for and not kept.`)
      return ended.outcome
    },
    conceal,
  }

  const ask = (entry: EarlierOperation): void => {
    const known = asked.get(entry.position)
    if (known === undefined) asked.set(entry.position, { entry, by: 1 })
    else known.by++
  }

  const unask = (entry: EarlierOperation): void => {
    const known = asked.get(entry.position)
    if (known !== undefined && --known.by === 0) asked.delete(entry.position)
  }

  return {
    results,
    join(index, position, { operation, waitsFor, accesses, named, keep }, written) {
      if (!named && waitsFor.length === 0 && accesses.length === 0) return open.push(index)
      const { id, operationType, fallback } = operation
      const entry: EarlierOperation = { position, id, operationType, fallback, waiters: undefined, ended: undefined }
      const gate: Gate = { waiting: 0, sawFailure: false, sawGate: false, because: noRoots }
      const sources = operation.sources.length === 0 ? noSources : operation.sources.map((source) => names.found(source))
      sources.forEach(ask)
      for (const source of waitsFor) waitFor(names.found(source), index, gate, true)
      if (accesses.length > 0) waitForTouching(accesses, index, gate)
      const state: Unfinished = { entry, gate, accesses, sources }
      unfinished[index] = state
      if (accesses.length > 0) touching.add(state)
      if (named) names.remember(entry, keep, isOperation(written) ? written : undefined)
      if (gate.waiting === 0) open.push(index)
    },
    services: undefined, // Who depends on one is not known while others still come.
    ready: () => undefined,
    nextOpen: () => open.take() ?? -1,
    sharedRead: () => undefined, // Reads of a stream are forgotten too soon for that.
    sawFailure: (index) => unfinished[index]?.gate.sawFailure === true,
    sawGate: (index) => unfinished[index]?.gate.sawGate === true,
    because: (index) => unfinished[index]?.gate.because ?? noRoots,
    ended(index, _operation, status, because, outcome) {
      const state = unfinished[index]
      if (state === undefined) return
      const { entry } = state
      unfinished[index] = undefined
      touching.delete(state)
      state.sources.forEach(unask)
      entry.ended = { status, because, outcome }
      const { waiters } = entry
      if (waiters === undefined) return
      for (const { index: waiter, counts } of waiters) {
        const { gate } = unfinished[waiter]!
        if (counts) see(gate, status, because)
        if (--gate.waiting === 0) open.push(waiter)
      }
      entry.waiters = undefined
    },
  }
}
