/** The largest delay a timer takes: one more and Node fires it at once. */
export const longestDelayMs = 2 ** 31 - 1

/** What a plan may hold. More is one located fault, before anything is decoded. */
export const planLimits = { operations: 100_000, bytes: 64 * 1024 * 1024, levels: 64, fields: 100_000, yamlBytes: 1024 * 1024 } as const

/** Faults that are listed; of the others only their number is kept. */
export const mostFaults = 100

/** Attempts that may run at once when a plan does not say. */
export const defaultConcurrency = 6

/** How long an aborted attempt may take to end before its operation is reported as detached. */
export const defaultGraceMs = 5_000

/** How long what cleans up may take after a signal or the time limit of its run, in ms. */
export const defaultCleanupMs = 30_000
