/** Who does what at this moment of a run, and what that has added up to so far. Mutable: one for each run, changed at every event. */
export interface Occupancy {
  readonly concurrency: number
  pending: number
  ready: number
  /** Those of the ready that draw on a pool. */
  readyForPool: number
  running: number
  /** Those of the running that hold a slot. */
  working: number
  slots: number
  retrying: number
  /** Time of the last change. */
  at: number
  /** When the first attempt started; NaN before. */
  firstStart: number
  /** When an attempt last ended; NaN before. */
  lastStop: number
  workMs: number
  slotMs: number
  /** Time with every slot taken. */
  fullMs: number
  /** Σ time in the system: ready, running or between attempts. */
  inSystemMs: number
  waitDependencyMs: number
  waitSlotMs: number
  waitPoolMs: number
  waitRetryMs: number
  idleDependencyMs: number
  idlePoolMs: number
  idleTailMs: number
}

export function occupancy(at: number, concurrency: number, pending: number): Occupancy {
  return {
    concurrency,
    pending,
    ready: 0,
    readyForPool: 0,
    running: 0,
    working: 0,
    slots: 0,
    retrying: 0,
    at,
    firstStart: NaN,
    lastStop: NaN,
    workMs: 0,
    slotMs: 0,
    fullMs: 0,
    inSystemMs: 0,
    waitDependencyMs: 0,
    waitSlotMs: 0,
    waitPoolMs: 0,
    waitRetryMs: 0,
    idleDependencyMs: 0,
    idlePoolMs: 0,
    idleTailMs: 0,
  }
}

/** Adds up what was the case from the last change until `at`. To be called before anything is changed. */
export function advance(now: Occupancy, at: number): void {
  const ms = at - now.at
  // Most events of a busy run share their time with another. A journal put together by hand may even go back.
  if (!(ms > 0)) return
  now.at = at
  const { ready, readyForPool, retrying, pending } = now
  now.workMs += now.working * ms
  now.slotMs += now.slots * ms
  now.inSystemMs += (ready + now.running + retrying) * ms
  now.waitDependencyMs += pending * ms
  now.waitRetryMs += retrying * ms
  const free = now.concurrency - now.slots
  if (free <= 0) {
    now.fullMs += ms
    now.waitSlotMs += ready * ms
    return
  }
  // With a slot free, what draws on a pool waits for the pool. Anything else that is ready does not fit into what is free.
  now.waitPoolMs += readyForPool * ms
  now.waitSlotMs += (ready - readyForPool) * ms
  if (Number.isNaN(now.firstStart)) return
  if (ready > 0) now.idlePoolMs += free * ms
  else if (pending + retrying > 0) now.idleDependencyMs += free * ms
  else now.idleTailMs += free * ms
}
