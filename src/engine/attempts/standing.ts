import type { EventWriter } from '../events/eventWriter.js'
import type { JournalWrites } from '../events/journalWrites.js'
import type { Gates, ServiceEnds } from '../gates/gates.js'
import type { Stops } from '../stop/stops.js'
import type { Turns } from '../time/turns.js'
import type { Attempt } from './attempt.js'

/** The services that stand ready, or have stood. */
export interface Standing extends ServiceEnds {
  /** An attempt says that it stands ready with this value. */
  readonly ready: (attempt: Attempt, value: unknown) => void
  /** Whether this service has stood ready. */
  readonly wasReady: (index: number) => boolean
}

export interface StandingParts {
  readonly now: () => number
  readonly turns: Turns
  readonly write: EventWriter
  readonly stops: Stops
  readonly journal: JournalWrites | undefined
  readonly gates: () => Gates
}

export function standing({ now, turns, write, stops, journal, gates }: StandingParts): Standing {
  const known = new Map<number, { readonly attempt: Attempt; readonly value: unknown }>()

  const open = (index: number, value: unknown): void => {
    gates().ready(index, value)
    gates().open()
  }

  return {
    ready(attempt, value) {
      const { index, operation } = attempt
      if (operation.service !== true || attempt.over || attempt.stopped || known.has(index)) return
      turns.take(() => {
        write.emitted(attempt.slot.events, now(), operation, 'ready', value)
        // Whoever heard of it may have stopped it.
        if (attempt.over || attempt.stopped) return
        known.set(index, { attempt, value })
        if (journal?.holdsGates === true) journal.after(() => open(index, value))
        else open(index, value)
      })
    },
    wasReady: (index) => known.has(index),
    end(index) {
      const service = known.get(index)
      if (service !== undefined) turns.take(() => service.attempt.retire(service.value))
    },
    lose({ id, dependents }) {
      if (dependents.size > 0) stops.dependentsOf(id, dependents)
    },
  }
}
