import type { AttemptStarted, OperationEmitted, OperationReady } from '../../model/event.js'

/** The services of a run: what waits for one has waited until it was ready, and not until it ended. */
export interface Services {
  known(event: OperationReady): void
  started(event: AttemptStarted): void
  /** How long this service took until it stood ready, told once; undefined for any other event. */
  readyAfter(event: OperationEmitted): number | undefined
  has(id: string): boolean
  /** Whether it has stood ready. */
  stood(id: string): boolean
}

export function services(): Services {
  const startedAt = new Map<string, number>()
  const stood = new Set<string>()
  return {
    known: ({ id, service }) => void (service === true && startedAt.set(id, NaN)),
    started: ({ id, at }) => void (startedAt.has(id) && startedAt.set(id, at)),
    readyAfter({ id, name, at }) {
      const started = startedAt.get(id)
      if (started === undefined || name !== 'ready' || stood.has(id)) return undefined
      stood.add(id)
      return at - started
    },
    has: (id) => startedAt.has(id),
    stood: (id) => stood.has(id),
  }
}
