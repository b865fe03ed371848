import type { TerminalEvent } from '../../../src/model/event.js'
import type { OperationError } from '../../../src/model/operationError.js'
import type { CancelCause } from '../../../src/model/outcome.js'
import type { ServedBatch, Returns } from '../../../src/mcp/batches/batch.js'
import { countsSoFar } from '../../../src/mcp/answers/headline.js'

/** How one operation of a batch ended. */
export interface Told {
  readonly id?: string
  /** `file.read`. */
  readonly name?: string
  readonly params?: { readonly [key: string]: unknown }
  readonly each?: boolean
  readonly value?: unknown
  readonly failed?: { readonly message: string; readonly stdout?: string; readonly stderr?: string }
  readonly skipped?: { readonly reason: 'dependency' | 'gate' | 'policy'; readonly because: readonly string[] }
  readonly cancelled?: CancelCause
  readonly attempts?: number
  readonly recoveredFrom?: string
  readonly parent?: string
}

export const batchId = 'b-hu-yr8Q0YYj0fOJuMvdKaQ'

interface Settings {
  readonly returns?: Returns
  readonly onFailure?: string
  readonly maxAnswerTokens?: number
}

/** A batch that has finished, made of how its operations ended: what answers are made from. */
export function batchOf(told: readonly Told[], { returns, onFailure = 'continue', maxAnswerTokens }: Settings = {}): ServedBatch {
  const all = told.map((one, place) => ({ ...one, id: one.id ?? `op${place + 1}` }))
  const ends = new Map(all.map((one) => [one.id, endOf(one)]))
  const counts = countsSoFar(all.filter(({ parent }) => parent === undefined).length, ends.values())
  return {
    id: batchId,
    plan: undefined,
    name: undefined,
    operations: all.flatMap(({ id, parent, name = 'tool.a.b', params = {}, each = false }) =>
      parent === undefined ? [{ id, name, params, each }] : [],
    ),
    returns,
    onFailure,
    maxAnswerTokens,
    questions: undefined,
    ends,
    running: new Map(),
    ahead: () => ({ left: undefined, leftMs: undefined, worse: [] }),
    waiting: undefined,
    summary: {
      runId: batchId,
      ok: all.every(
        ({ failed, cancelled, skipped }) => failed === undefined && cancelled === undefined && (skipped?.reason ?? 'gate') === 'gate',
      ),
      counts,
      startedAt: 0,
      finishedAt: 1,
      makespanMs: 1,
      workMs: 1,
      concurrency: 6,
      attempts: all.length,
      retries: 0,
      rootCauses: [],
      rootCausesOmitted: 0,
      detached: [],
    },
    done: Promise.resolve(),
    cancel: () => undefined,
    endCleanUp: () => undefined,
  }
}

/** A batch that goes on: `ids` are its operations, of which the first have ended as told. */
export function runningBatch(ids: readonly string[], told: readonly Told[], running: readonly string[]): ServedBatch {
  const { ends, ...batch } = batchOf(told)
  return {
    ...batch,
    ends,
    operations: ids.map((id) => ({ id, name: 'shell.run', params: {}, each: false })),
    running: new Map(running.map((id) => [id, 0])),
    summary: undefined,
  }
}

export function errorOf(message: string, streams: { readonly stdout?: string; readonly stderr?: string } = {}): OperationError {
  return { type: 'tool-error', tool: 'a.b', message, retryable: false, ...streams }
}

function endOf(one: Told & { readonly id: string }): TerminalEvent {
  const { id, value, failed, skipped, cancelled, attempts = 1, recoveredFrom, parent } = one
  const stamp = { runId: batchId, seq: 0, at: 0, id, ...(parent !== undefined && { parent }) }
  const times = { durationMs: 1, waitedMs: 0, attempts }
  if (failed !== undefined) return { ...stamp, ...times, type: 'operation-failed', error: errorOf(failed.message, failed) }
  if (skipped !== undefined) return { ...stamp, type: 'operation-skipped', ...skipped }
  if (cancelled !== undefined) return { ...stamp, ...times, type: 'operation-cancelled', cause: cancelled }
  const recovered = recoveredFrom === undefined ? {} : { recoveredFrom: errorOf(recoveredFrom) }
  return { ...stamp, ...times, type: 'operation-succeeded', value, ...recovered }
}
