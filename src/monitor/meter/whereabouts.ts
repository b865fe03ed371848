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
  retries(id: string, attempt: Running, at: number): void
  /** It has ended: what it was. Undefined for one that never became ready. */
  ended(event: TerminalEvent): Kind | undefined
}

export interface Running {
  readonly kind: Kind
  readonly startedAt: number
}

const unnamed = '(unnamed)'

export function whereabouts(now: Occupancy, kinds: Kinds): Whereabouts {
  const ready = new Map<string, Kind>()
  const running = new Map<string, Running>()
  const retrying = new Map<string, Kind>()

  const leaveReady = (id: string, kind: Kind): void => {
    ready.delete(id)
    now.ready--
    if (kind.pooled) now.readyForPool--
    kind.meter.ready--
  }

  const leaveRetrying = (id: string, kind: Kind): void => {
    retrying.delete(id)
    now.retrying--
    kind.meter.retrying--
  }

  const leaveRunning = (id: string, { kind }: Running, at: number, detached: boolean): void => {
    running.delete(id)
    now.running--
    if (kind.weight > 0) now.working--
    // The body of a detached one may still be at work, and its slot stays taken: no event tells when it is free.
    if (!detached) now.slots -= kind.weight
    now.lastStop = at
    kind.meter.running--
  }

  /** Takes it out of where it waits for an attempt. */
  const fetch = (id: string): Kind | undefined => {
    const waiting = ready.get(id)
    if (waiting !== undefined) {
      leaveReady(id, waiting)
      return waiting
    }
    const between = retrying.get(id)
    if (between !== undefined) leaveRetrying(id, between)
    return between
  }

  return {
    running: (id) => running.get(id),
    ready(event) {
      advance(now, event.at)
      const { id, name, weight = 1, pool, parent } = event
      const kind = kinds.of(name, weight, pool !== undefined)
      ready.set(id, kind)
      if (parent === undefined) now.pending--
      now.ready++
      if (kind.pooled) now.readyForPool++
      kind.meter.ready++
      kind.meter.changed = true
      return parent === undefined
    },
    started({ id, at }) {
      advance(now, at)
      let kind = fetch(id)
      if (kind === undefined) {
        // A journal that begins in the middle: nobody told what it is.
        kind = kinds.of(unnamed, 1, false)
        now.pending--
      }
      running.set(id, { kind, startedAt: at })
      if (Number.isNaN(now.firstStart)) now.firstStart = at
      now.running++
      now.slots += kind.weight
      if (kind.weight > 0) now.working++
      kind.meter.running++
      return kind
    },
    retries(id, attempt, at) {
      advance(now, at)
      leaveRunning(id, attempt, at, false)
      retrying.set(id, attempt.kind)
      now.retrying++
      attempt.kind.meter.retrying++
    },
    ended(event) {
      const { id, at } = event
      advance(now, at)
      const attempt = running.get(id)
      if (attempt === undefined) {
        const kind = fetch(id)
        if (kind === undefined && event.parent === undefined) now.pending--
        return kind
      }
      leaveRunning(id, attempt, at, 'detached' in event && event.detached === true)
      return attempt.kind
    },
  }
}
