import type { AttemptStarted, OperationReady, TerminalEvent } from '../../model/event.js'
import type { Kind, Kinds } from './kinds.js'
import { advance, type Occupancy } from './occupancy.js'

/** Where each operation is that is ready, running or between attempts: one place for each of these, none for those to come or gone. */
export interface Whereabouts {
  /** Whether it was counted from the start: a child comes while its parent runs. */
  ready(event: OperationReady): boolean
  started(event: AttemptStarted): Kind
  /** Its attempt is over, and another will follow; undefined for one of which no start is known. */
  failed(id: string): Running | undefined
  retries(attempt: Running, at: number): void
  /** It has ended: what it was. Undefined for one that never became ready. */
  ended(event: TerminalEvent): Kind | undefined
}

/** An attempt that is under way. */
export interface Running {
  readonly kind: Kind
  readonly startedAt: number
  readonly place: number
}

const unnamed = '(unnamed)'

type State = 'ready' | 'running' | 'retrying'

/**
 * One map for all states, since entering and leaving a map is most of what following an operation costs; and lists of what is known
 * of each, in places that are used again: 100,000 objects that are ready at once would be moved about by the garbage collection.
 */
export function whereabouts(now: Occupancy, kinds: Kinds): Whereabouts {
  const places = new Map<string, number>()
  const vacant: number[] = []
  const kindAt: Kind[] = []
  const stateAt: State[] = []
  const startedAt: number[] = []

  const enter = (id: string, kind: Kind): number => {
    const place = vacant.pop() ?? kindAt.length
    kindAt[place] = kind
    stateAt[place] = 'ready'
    startedAt[place] = NaN
    places.set(id, place)
    return place
  }

  const leave = (place: number, at: number, detached: boolean): void => {
    const kind = kindAt[place]!
    const { meter, weight } = kind
    switch (stateAt[place]!) {
      case 'ready':
        now.ready--
        if (kind.pooled) now.readyForPool--
        meter.ready--
        return
      case 'retrying':
        now.retrying--
        meter.retrying--
        return
      case 'running':
        now.running--
        if (weight > 0) now.working--
        // The body of a detached one may still be at work, and its slot stays taken: no event tells when it is free.
        if (!detached) now.slots -= weight
        now.lastStop = at
        meter.running--
    }
  }

  return {
    failed(id) {
      const place = places.get(id)
      if (place === undefined || stateAt[place] !== 'running') return undefined
      return { kind: kindAt[place]!, startedAt: startedAt[place]!, place }
    },
    ready(event) {
      advance(now, event.at)
      const { id, name, weight = 1, pool, parent } = event
      const kind = kinds.of(name, weight, pool !== undefined)
      enter(id, kind)
      if (parent === undefined) now.pending--
      now.ready++
      if (kind.pooled) now.readyForPool++
      kind.meter.ready++
      kind.meter.changed = true
      return parent === undefined
    },
    started({ id, at }) {
      advance(now, at)
      let place = places.get(id)
      if (place !== undefined) leave(place, at, false)
      else {
        // A journal that begins in the middle: nobody told what it is.
        place = enter(id, kinds.of(unnamed, 1, false))
        now.pending--
      }
      const kind = kindAt[place]!
      stateAt[place] = 'running'
      startedAt[place] = at
      if (Number.isNaN(now.firstStart)) now.firstStart = at
      now.running++
      now.slots += kind.weight
      if (kind.weight > 0) now.working++
      kind.meter.running++
      return kind
    },
    retries({ place, kind }, at) {
      advance(now, at)
      leave(place, at, false)
      stateAt[place] = 'retrying'
      now.retrying++
      kind.meter.retrying++
    },
    ended(event) {
      const { id, at } = event
      advance(now, at)
      const place = places.get(id)
      if (place === undefined) {
        if (event.parent === undefined) now.pending--
        return undefined
      }
      leave(place, at, 'detached' in event && event.detached === true)
      places.delete(id)
      vacant.push(place)
      return kindAt[place]
    },
  }
}
