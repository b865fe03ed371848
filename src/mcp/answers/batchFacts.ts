import { jsonText } from '../../operators/share/jsonText.js'
import type { TerminalEvent } from '../../model/event.js'
import type { OperationError } from '../../model/operationError.js'
import type { CancelCause } from '../../model/outcome.js'
import type { OutcomeCounts, RootCause, StopCause } from '../../model/summary.js'
import type { Batch } from '../batches/batch.js'
import { estimateTokens } from './estimateTokens.js'
import { characterStart, fitText, shareOut } from './fit.js'

export type BatchStatus = 'succeeded' | 'failed' | 'cancelled' | 'running'

/** How one operation ended, as an answer tells it. */
export interface OperationFact {
  readonly id: string
  readonly outcome: 'succeeded' | 'failed' | 'skipped' | 'cancelled'
  /** The whole value, or … */
  readonly value?: unknown
  /** … the beginning of its text, of which `length` characters are more. */
  readonly preview?: string
  readonly length?: number
  /** Why it was skipped or cancelled. */
  readonly reason?: string
  /** The operations at the root of that. */
  readonly because?: readonly string[]
  readonly attempts?: number
  readonly recoveredFrom?: string
}

/** An operation that failed by itself. */
export interface RootCauseFact {
  readonly id: string
  readonly name: string
  readonly error: string
  readonly message: string
  /** Operations skipped because of it. */
  readonly blocked?: number
  readonly detached?: true
}

/** What a batch came to so far, cut to what an answer may hold. */
export interface BatchFacts {
  readonly batchId: string
  readonly status: BatchStatus
  readonly name?: string
  readonly counts: OutcomeCounts
  readonly makespanMs: number
  readonly stoppedBy?: string
  readonly rollback?: { readonly undone: number; readonly failed: readonly string[]; readonly notUndoable: readonly string[] }
  readonly rootCauses: readonly RootCauseFact[]
  readonly operations: readonly OperationFact[]
  /** Root causes and outcomes beyond the budget. */
  readonly omitted?: { readonly rootCauses: number; readonly operations: number }
  readonly hint?: string
}

const mostMessageTokens = 250
const mostIds = 5

/** The most characters of each stream of a failed program. */
const mostOutput = 3_000

/** The facts of a finished batch, in at most so many tokens: root causes first, then outcomes in the order of the plan. */
export function batchFacts(batch: Batch, tokens: number): BatchFacts {
  const { id, name, summary, ends, operations, returns } = batch
  if (summary === undefined) throw new Error('A defect in millrace: a batch that has not finished was asked what it came to.')
  const { counts, makespanMs, stoppedBy, rollback } = summary
  const names = new Map(operations.map((operation) => [operation.id, operation.name]))

  const causes = takeWhileFits(
    summary.rootCauses.map((cause) => rootCause(cause, names, ends.get(cause.id))),
    Math.floor(tokens * 0.4),
  )
  let left = tokens - causes.tokens - overhead
  const wanted = returns === undefined ? undefined : new Set(returns)
  const all = operations.flatMap(({ id: operation }) => {
    const end = ends.get(operation)
    return end === undefined ? [] : [outline(end)]
  })
  const kept = keepTelling(all, Math.floor(left * (all.length > 200 ? 0.8 : 1)))
  left -= kept.tokens
  const told = fillIn(kept.facts, ends, wanted, left)
  const omitted = { rootCauses: counts.failed - causes.taken.length, operations: all.length - told.length }
  const cut = told.some(({ preview }) => preview !== undefined) || omitted.operations > 0
  return {
    batchId: id,
    status: summary.ok ? 'succeeded' : counts.cancelled > 0 && stoppedBy?.type === 'signal' ? 'cancelled' : 'failed',
    ...(name !== undefined && { name }),
    counts,
    makespanMs: Math.round(makespanMs * 10) / 10,
    ...(stoppedBy !== undefined && { stoppedBy: stopText(stoppedBy) }),
    ...(rollback !== undefined && { rollback }),
    rootCauses: causes.taken,
    operations: told,
    ...((omitted.rootCauses > 0 || omitted.operations > 0) && { omitted }),
    ...(cut && { hint: `The rest: batch_status {"batchId":"${id}","operation":"ID or ID.key","offset":0}` }),
  }
}

const overhead = 250

function rootCause({ id, error, blocked }: RootCause, names: ReadonlyMap<string, string>, end: TerminalEvent | undefined): RootCauseFact {
  const { text, whole } = fitText(error.message, mostMessageTokens)
  return {
    id,
    name: names.get(id) ?? 'part of an operation',
    error: error.type,
    message: `${whole ? text : `${text}…`}${outputOf(error)}`,
    ...(blocked > 0 && { blocked }),
    ...(end?.type === 'operation-failed' && end.detached && { detached: true as const }),
  }
}

/** What a failed program wrote: the end of each stream, which is where most of them say what is wrong. */
function outputOf({ stdout = '', stderr = '' }: OperationError): string {
  return Object.entries({ stdout, stderr })
    .filter(([, text]) => text.trim() !== '')
    .map(([stream, text]) => `\n${stream}:\n${text.slice(characterStart(text, Math.max(0, text.length - mostOutput)))}`)
    .join('')
}

function outline(end: TerminalEvent): OperationFact {
  switch (end.type) {
    case 'operation-succeeded':
      return {
        id: end.id,
        outcome: 'succeeded',
        ...(end.attempts > 1 && { attempts: end.attempts }),
        ...(end.recoveredFrom && { recoveredFrom: fitText(end.recoveredFrom.message, mostMessageTokens).text }),
      }
    case 'operation-failed':
      return { id: end.id, outcome: 'failed', ...(end.attempts > 1 && { attempts: end.attempts }) }
    case 'operation-skipped':
      return { id: end.id, outcome: 'skipped', reason: end.reason, because: end.because.slice(0, mostIds) }
    case 'operation-cancelled':
      return { id: end.id, outcome: 'cancelled', reason: stopText(end.cause) }
  }
}

export function stopText(cause: CancelCause | StopCause): string {
  switch (cause.type) {
    case 'signal':
      return cause.message
    case 'run-timeout':
      return `the batch took longer than ${cause.timeoutMs} ms`
    case 'parent':
      return `${cause.id}, which it is part of, was stopped`
    case 'policy':
      return `onFailure, after ${cause.because.slice(0, mostIds).join(', ')} failed`
    case 'no-new':
      return 'onFailure: no-new'
    case 'journal':
    case 'source':
      return cause.error.message
  }
}

function takeWhileFits<A>(facts: readonly A[], tokens: number): { readonly taken: readonly A[]; readonly tokens: number } {
  let used = 0
  const taken: A[] = []
  for (const fact of facts) {
    const size = estimateTokens(jsonText(fact))
    if (used + size > tokens) break
    used += size
    taken.push(fact)
  }
  return { taken, tokens: used }
}

/** In the order of the plan, what did not succeed before what did when not all fit. */
function keepTelling(
  facts: readonly OperationFact[],
  tokens: number,
): { readonly facts: readonly OperationFact[]; readonly tokens: number } {
  const sizes = facts.map((fact) => estimateTokens(jsonText(fact)) + 1)
  const kept = new Set<number>()
  let used = 0
  for (const succeeded of [false, true])
    for (const [place, fact] of facts.entries()) {
      if ((fact.outcome === 'succeeded') !== succeeded || used + sizes[place]! > tokens) continue
      used += sizes[place]!
      kept.add(place)
    }
  return { facts: facts.filter((_, place) => kept.has(place)), tokens: used }
}

/** Adds the values, whole where they fit, else their beginning. */
function fillIn(
  facts: readonly OperationFact[],
  ends: ReadonlyMap<string, TerminalEvent>,
  wanted: ReadonlySet<string> | undefined,
  tokens: number,
): readonly OperationFact[] {
  const values = facts.map(({ id }) => {
    const end = ends.get(id)
    if (end?.type !== 'operation-succeeded' || end.value === undefined || wanted?.has(id) === false) return undefined
    const text = jsonText(end.value)
    return { value: end.value, text, tokens: (text.length > tokens * 16 ? text.length : estimateTokens(text)) + labelTokens }
  })
  const shares = shareOut(
    values.map((value) => value?.tokens ?? 0),
    tokens,
  )
  return facts.map((fact, place) => {
    const value = values[place]
    if (value === undefined) return fact
    if (shares[place]! >= value.tokens) return { ...fact, value: value.value }
    const text = typeof value.value === 'string' ? value.value : value.text
    // In JSON the beginning is quoted once more, which costs about a third.
    const preview = fitText(text, Math.max(0, Math.floor((shares[place]! - previewTokens) * 0.7))).text
    return { ...fact, preview, length: text.length }
  })
}

const labelTokens = 5
const previewTokens = 15
