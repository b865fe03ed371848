/** The place that every worker takes from. */
export const anyPlace = 'any'

/** What all that is in Redis begins with. */
const prefix = 'millrace'

/** The queue of a place. */
export const queueOf = (place: string): string => `${prefix}-${place}`

/** Where a performer is written to. Its key is there as long as the performer is. */
export const performerInbox = (performer: string): string => `${prefix}:performer:${performer}`

/** Where a worker is written to. Its key is there as long as the worker is. */
export const workerInbox = (worker: string): string => `${prefix}:worker:${worker}`

/** Held by the one performer that a run has. */
export const runLockOf = (runId: string): string => `${prefix}:run:${runId}`
