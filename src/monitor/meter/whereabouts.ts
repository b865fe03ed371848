import type { AttemptPlaced, AttemptStarted, OperationReady, TerminalEvent } from '../../model/event.js'
import type { MeteredKind, Kinds } from './kinds.js'
import { advance, type Occupancy } from './occupancy.js'

/**
 * Where each operation is that is ready, running or between attempts.
 *
 * Found by the index it has in its run, which costs nothing, or by its id where nobody tells that index (-1): always the same way
 * within a run.
 */
export interface Whereabouts {
  /** Whether it was counted from the start: a child comes while its parent runs. */
  ready(event: OperationReady, index: number): boolean
  started(event: AttemptStarted, index: number): MeteredKind
  /** Its attempt has left a queue elsewhere: until now it waited. */
  placed(event: AttemptPlaced, index: number): void
  /** The attempt under way; undefined when no start is known. */
  running(id: string, index: number): Running | undefined
  /** Since when it waits for its first slot; undefined when it does not. */
  readySince(id: string, index: number): number | undefined
  /** Its attempt is over, and another will follow. */
  retries(attempt: Running, at: number): void
  /** It has ended: what it was. Undefined for one that never became ready. */
  ended(event: TerminalEvent, index: number): MeteredKind | undefined
}

export interface Running {
  readonly kind: MeteredKind
  readonly startedAt: number
  readonly place: number
}

const [gone, ready, running, retrying] = [0, 1, 2, 3] as const

const unnamed = '(unnamed)'
const leastRoom = 64
/** Shorter ones did not wait for a slot, whatever the clock says. */
const leastWaitMs = 1

/** `known`: how many operations there are from the start. */
export function whereabouts(now: Occupancy, kinds: Kinds, known: number): Whereabouts {
  const byId = new Map<string, number>()
  const vacant: number[] = []
  let taken = 0
  // What is known of each, in places beside the heap: 100,000 objects that are ready at once would be moved about by the garbage
  // collection, and lists that grow to a million would bring it about.
  let kindAt = new Int32Array()
  let stateAt = new Uint8Array()
  let startedAt = new Float64Array()

  const makeRoom = (least: number): void => {
    const room = Math.max(leastRoom, least, 2 * stateAt.length)
    const [kindsBefore, statesBefore, startsBefore] = [kindAt, stateAt, startedAt]
    kindAt = new Int32Array(room)
    stateAt = new Uint8Array(room)
    startedAt = new Float64Array(room)
    kindAt.set(kindsBefore)
    stateAt.set(statesBefore)
    startedAt.set(startsBefore)
  }

  const placeOf = (id: string, index: number): number => {
    if (index >= 0) return index
    const place = vacant.pop() ?? taken++
    byId.set(id, place)
    return place
  }

  const enter = (id: string, index: number, kind: MeteredKind): number => {
    const place = placeOf(id, index)
    if (place >= stateAt.length) makeRoom(index >= 0 ? Math.max(known, place + 1) : place + 1)
    kindAt[place] = kind.number
    stateAt[place] = ready
    return place
  }

  /** -1 for one that is not here. */
  const find = (id: string, index: number): number => {
    const place = index >= 0 ? index : (byId.get(id) ?? -1)
    return place < stateAt.length && place >= 0 && stateAt[place] !== gone ? place : -1
  }

  const leave = (place: number, at: number, detached: boolean): void => {
    const kind = kinds.all[kindAt[place]!]!
    const { meter, weight } = kind
    switch (stateAt[place]!) {
      case ready:
        now.ready--
        if (kind.pooled) now.readyForPool--
        meter.ready--
        return
      case retrying:
        now.retrying--
        meter.retrying--
        return
      case running:
        now.running--
        if (weight > 0) now.working--
        // The body of a detached one may still be at work, and its slot stays taken: no event tells when it is free.
        if (!detached) now.slots -= weight
        now.lastStop = at
        meter.running--
    }
  }

  return {
    running(id, index) {
      const place = find(id, index)
      if (place === -1 || stateAt[place] !== running) return undefined
      return { kind: kinds.all[kindAt[place]!]!, startedAt: startedAt[place]!, place }
    },
    ready(event, index) {
      advance(now, event.at)
      const { id, name, weight = 1, pool, parent } = event
      const kind = kinds.of(name, weight, pool !== undefined)
      startedAt[enter(id, index, kind)] = event.at
      if (parent === undefined) now.pending--
      now.ready++
      if (kind.pooled) now.readyForPool++
      kind.meter.ready++
      kind.meter.changed = true
      return parent === undefined
    },
    started({ id, at }, index) {
      advance(now, at)
      let place = find(id, index)
      const wasReady = place !== -1 && stateAt[place] === ready
      const readyAt = wasReady ? startedAt[place]! : at
      if (place !== -1) leave(place, at, false)
      else {
        // A journal that begins in the middle: nobody told what it is.
        place = enter(id, index, kinds.of(unnamed, 1, false))
        now.pending--
      }
      const kind = kinds.all[kindAt[place]!]!
      stateAt[place] = running
      startedAt[place] = at
      if (Number.isNaN(now.firstStart)) now.firstStart = at
      now.running++
      now.slots += kind.weight
      if (kind.weight > 0) now.working++
      const { meter } = kind
      meter.running++
      if (!wasReady) return kind
      // The first in line from when it was ready, or the one before it of its type had started.
      const firstMs = at - (readyAt > meter.lastStart ? readyAt : meter.lastStart)
      meter.lastStart = at
      if (firstMs < leastWaitMs) return kind
      meter.lined++
      meter.linedMs += firstMs
      return kind
    },
    readySince(id, index) {
      const place = find(id, index)
      return place === -1 || stateAt[place] !== ready ? undefined : startedAt[place]
    },
    placed({ id, at, queuedMs }, index) {
      advance(now, at)
      const place = find(id, index)
      if (place === -1 || stateAt[place] !== running) return
      startedAt[place] = at
      // It was taken for work while it was in the queue: only who placed it could know.
      const waited = Math.min(queuedMs, now.workMs)
      if (kinds.all[kindAt[place]!]!.weight > 0) now.workMs -= waited
      now.waitSlotMs += waited
    },
    retries({ place, kind }, at) {
      advance(now, at)
      leave(place, at, false)
      stateAt[place] = retrying
      now.retrying++
      kind.meter.retrying++
    },
    ended(event, index) {
      const { id, at } = event
      advance(now, at)
      const place = find(id, index)
      if (place === -1) {
        if (event.parent === undefined) now.pending--
        return undefined
      }
      leave(place, at, 'detached' in event && event.detached === true)
      stateAt[place] = gone
      if (index < 0) {
        byId.delete(id)
        vacant.push(place)
      }
      return kinds.all[kindAt[place]!]
    },
  }
}
