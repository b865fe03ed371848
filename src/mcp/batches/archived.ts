import { join } from 'node:path'
import { readAboutRun } from '../../journal/aboutRun.js'
import { LogDamageError } from '../../journal/log/logDamage.js'
import { writerOf } from '../../system/lock/writerLock.js'
import { readRun } from '../../journal/readRun.js'
import { errorCode } from '../../system/errorCode.js'
import { runsFolderOf } from '../../journal/stateFolder.js'
import type { BatchEvent, RunStarted, TerminalEvent } from '../../model/event.js'
import { isTerminal } from '../../model/isTerminal.js'
import type { Summary } from '../../model/summary.js'
import type { ServedBatch } from './batch.js'
import { isBatchId } from './batchId.js'
import { finishedBatch } from './finishedBatch.js'

/** A batch of a server that has ended, read back from its event log; undefined when there is none of this id. */
export async function archivedBatch(root: string, id: string): Promise<ServedBatch | 'elsewhere' | undefined> {
  // The id becomes a part of a path: nothing but an id of our own making may.
  if (!isBatchId(id)) return undefined
  const folder = join(runsFolderOf(root), id)
  const ends = new Map<string, TerminalEvent>()
  const names = new Map<string, string>()
  let started: RunStarted | undefined
  let last: BatchEvent | undefined
  try {
    for await (const event of readRun(folder)) {
      last = event
      if (event.type === 'run-started') started = event
      else if (event.type === 'operation-ready') names.set(event.id, event.name)
      else if (isTerminal(event)) ends.set(event.id, event)
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    // Every event before the damage is good: that is what the batch came to, as far as is known.
    if (!(error instanceof LogDamageError)) throw error
  }
  if (started === undefined || last === undefined) return undefined
  if (last.type !== 'run-finished' && writerOf(folder) !== undefined) return 'elsewhere'
  const ids = readAboutRun(folder)?.operations.map((operation) => operation.id) ?? [...ends.keys()]
  return finishedBatch({
    id,
    name: started.name,
    operations: ids.map((operation) => ({ id: operation, name: names.get(operation) ?? 'an operation', params: {}, each: false })),
    returns: undefined,
    ends,
    summary: last.type === 'run-finished' ? last.summary : interrupted(started, last, ends),
  })
}

/** What is known of a run whose log ends before it did. */
function interrupted(started: RunStarted, last: BatchEvent, ends: ReadonlyMap<string, TerminalEvent>): Summary {
  const all = [...ends.values()].filter(({ parent }) => parent === undefined)
  const count = (type: TerminalEvent['type']): number => all.filter((end) => end.type === type).length
  const total = started.operations
  return {
    runId: started.runId,
    ok: false,
    counts: {
      total,
      succeeded: count('operation-succeeded'),
      failed: count('operation-failed'),
      skipped: count('operation-skipped'),
      cancelled: total - all.length + count('operation-cancelled'),
    },
    startedAt: started.at,
    finishedAt: last.at,
    makespanMs: last.at - started.at,
    workMs: all.reduce((sum, end) => sum + (end.type === 'operation-skipped' ? 0 : end.durationMs), 0),
    concurrency: started.concurrency,
    attempts: 0,
    retries: 0,
    rootCauses: all.flatMap((end) => (end.type === 'operation-failed' ? [{ id: end.id, error: end.error, blocked: 0 }] : [])),
    rootCausesOmitted: 0,
    detached: [],
    stoppedBy: {
      type: 'signal',
      message: `the server ended while it ran; to go on: batch_execute {"resume":"${started.runId}","operations":[…]}`,
    },
  }
}
