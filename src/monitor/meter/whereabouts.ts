import type { AttemptStarted, OperationReady, TerminalEvent } from '../../model/event.js'
import type { Kind, Kinds } from './kinds.js'
import { advance, type Occupancy } from './occupancy.js'

/** Where each operation is that is ready, running or between attempts: one entry for each of these, none for those to come or gone. */
export interface Whereabouts {
  /** Whether it was counted from the start: a child comes while its parent runs. */
  ready(event: OperationReady): boolean
  started(event: AttemptStarted): Kind
  running(id: string): Running | undefined
  /** Its attempt is over, and another will follow. */
  retries(attempt: Running, at: number): void
  /** It has ended: what it was. Undefined for one that never became ready. */
  ended(event: TerminalEvent): Kind | undefined
}

export interface Running {
  readonly kind: Kind
  readonly startedAt: number
}

interface Entry extends Running {
  kind: Kind
  where: 'ready' | 'running' | 'retrying'
  startedAt: number
}

const unnamed = '(unnamed)'

/** One map for all three places: an operation passes through them, and entering and leaving a map is most of what following it costs. */
export function whereabouts(now: Occupancy, kinds: Kinds): Whereabouts {
  const entries = new Map<string, Entry>()
  /** Entries of operations that have ended, to be used again. */
  const unused: Entry[] = []

  const enter = (id: string, kind: Kind): Entry => {
    const entry = unused.pop() ?? { kind, where: 'ready', startedAt: NaN }
    entry.kind = kind
    entry.where = 'ready'
    entries.set(id, entry)
    return entry
  }

  const leave = ({ kind, where }: Entry, at: number, detached: boolean): void => {
    const { meter, weight } = kind
    switch (where) {
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
    running(id) {
      const entry = entries.get(id)
      return entry?.where === 'running' ? entry : undefined
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
      let entry = entries.get(id)
      if (entry !== undefined) leave(entry, at, false)
      else {
        // A journal that begins in the middle: nobody told what it is.
        entry = enter(id, kinds.of(unnamed, 1, false))
        now.pending--
      }
      const { kind } = entry
      entry.where = 'running'
      entry.startedAt = at
      if (Number.isNaN(now.firstStart)) now.firstStart = at
      now.running++
      now.slots += kind.weight
      if (kind.weight > 0) now.working++
      kind.meter.running++
      return kind
    },
    retries(attempt, at) {
      advance(now, at)
      const entry = attempt as Entry // `running` gave it.
      leave(entry, at, false)
      entry.where = 'retrying'
      now.retrying++
      entry.kind.meter.retrying++
    },
    ended(event) {
      const { id, at } = event
      advance(now, at)
      const entry = entries.get(id)
      if (entry === undefined) {
        if (event.parent === undefined) now.pending--
        return undefined
      }
      leave(entry, at, 'detached' in event && event.detached === true)
      entries.delete(id)
      unused.push(entry)
      return entry.kind
    },
  }
}
