import { setTimeout as sleep } from 'node:timers/promises'
import { OperationFailure } from '../../model/operationError.js'
import { stateOf, type Owner } from '../owner.js'
import { lockTable, type LockTable } from './lockTable.js'
import { passTurn, takeTurn } from './turns.js'

export interface LockOptions {
  /** What the locks are for, as messages name it. */
  readonly label: string
  readonly signal?: AbortSignal | undefined
  /** How long one and the same holder is waited for. */
  readonly patienceMs?: number
  readonly table?: LockTable
}

/** Long for a change of a file, short for who waits for a process that was stopped, or one that cannot be judged. */
const defaultPatienceMs = 10_000
const shortestPauseMs = 1
const longestPauseMs = 6
/** Who released a key so recently lets those in other processes go first. */
const recentMs = 30

/**
 * Does something while it holds some keys, each of which one process of this user on this machine holds at a time.
 *
 * Keys are taken in one order, so that two who need both never wait for each other. Rejects with the reason of the signal when that is
 * aborted meanwhile, and with a retryable EBUSY when one holder keeps a key too long.
 */
export function withLocks<A>(keys: readonly string[], options: LockOptions, use: () => Promise<A>): Promise<A> {
  return hold([...new Set(keys)].sort(), 0, options, use)
}

async function hold<A>(keys: readonly string[], index: number, options: LockOptions, use: () => Promise<A>): Promise<A> {
  const key = keys[index]
  if (key === undefined) return use()
  const { signal, table = lockTable() } = options
  await takeTurn(key, signal)
  try {
    // Nearly always nobody else wants it: then nothing is waited for.
    if (table.wantedByOthers(key, recentMs) || table.take(key) !== true) await takeFromOthers(table, key, options)
    try {
      return await hold(keys, index + 1, options, use)
    } finally {
      table.release(key)
    }
  } finally {
    passTurn(key)
  }
}

async function takeFromOthers(
  table: LockTable,
  key: string,
  { label, signal, patienceMs = defaultPatienceMs }: LockOptions,
): Promise<void> {
  if (table.wantedByOthers(key, recentMs)) await sleep(longestPauseMs + Math.random() * 4, undefined, { signal })
  let seen: string | undefined
  let seenAt = performance.now()
  for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
    const taken = table.take(key)
    if (taken === true) return table.wantNoMore(key)
    table.want(key)
    // Patience is for one holder: a long line of short ones is waited for as long as it takes.
    if (taken !== undefined && taken.since !== seen) [seen, seenAt] = [taken.since, performance.now()]
    if (performance.now() - seenAt > patienceMs) throw new OperationFailure(heldTooLong(label, taken?.owner, patienceMs))
    await sleep(pauseMs, undefined, { signal })
  }
}

function heldTooLong(label: string, owner: Owner | undefined, patienceMs: number): OperationFailure['error'] {
  const elsewhere = owner !== undefined && stateOf(owner) === 'unknown' ? ' of another container' : ''
  const who = owner === undefined ? 'by something that is not a process' : `by process ${owner.pid}${elsewhere}`
  const message = `${label} has been held ${who} for more than ${patienceMs / 1_000} s, which is also changing it. Wait until that process ends, or end it.`
  return { type: 'system', code: 'EBUSY', path: label, message, retryable: true }
}
