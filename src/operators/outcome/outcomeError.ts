// operators/outcome: what operators share about the end of one operation.
import type { CancelCause, Outcome } from '../../model/outcome.js'
import { quoteText } from '../../model/fault/quote.js'

/** The outcomes of an operation that have no value. */
export type UnsuccessfulOutcome = Exclude<Outcome, { readonly type: 'succeeded' }>

/**
 * The error of `valueOf` when there is no value: the operation failed, was skipped or cancelled, or never ended.
 *
 * `outcome` says how the operation ended. If it failed, its error is the `cause`.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { operation, OutcomeError, runBatch, valueOf } from 'millrace'
 * const broken = operation('broken', () => Promise.reject(new Error('no water')))
 * const error: unknown = await lastValueFrom(runBatch([broken]).pipe(valueOf(broken))).catch((thrown: unknown) => thrown)
 * error instanceof OutcomeError && error.outcome?.type // => 'failed'
 * ```
 * @see {@link outcomeOf} for operations that need not succeed
 * @since 0.1.0
 */
export class OutcomeError extends Error {
  override readonly name = 'OutcomeError'
  readonly id: string
  /** How the operation ended; undefined if none of that id did. */
  readonly outcome: UnsuccessfulOutcome | undefined

  constructor(id: string, outcome: UnsuccessfulOutcome | undefined) {
    const error = outcome?.type === 'failed' ? outcome.error : undefined
    super(messageOf(id, outcome), error?.cause === undefined ? undefined : { cause: error.cause })
    this.id = id
    this.outcome = outcome
  }
}

function messageOf(id: string, outcome: UnsuccessfulOutcome | undefined): string {
  const name = quoteText(id)
  if (outcome === undefined)
    return `${name} has no value: no operation with that id ended.\nUse an id of the plan, and let the run complete.`
  return `${name} has no value: it ${endingOf(outcome)}\nIf it can fail, use outcomeOf(${name}).`
}

function endingOf(outcome: UnsuccessfulOutcome): string {
  switch (outcome.type) {
    case 'failed':
      return `failed. ${outcome.error.message}`
    case 'skipped':
      return `was skipped, ${skipped(outcome)}.`
    case 'cancelled':
      return `was cancelled, ${cancelled(outcome.cause)}.`
  }
}

function skipped({ reason, because }: Extract<Outcome, { readonly type: 'skipped' }>): string {
  switch (reason) {
    case 'dependency':
      return `because of ${names(because)}`
    case 'gate':
      return `because its "when" did not hold${because.length === 0 ? '' : `, or that of ${names(because)}`}`
    case 'policy':
      return `because no more operations start after ${names(because)} failed`
  }
}

function cancelled(cause: CancelCause): string {
  switch (cause.type) {
    case 'signal':
      return `because the run was: ${cause.message}`
    case 'run-timeout':
      return `because the run took longer than ${cause.timeoutMs} ms`
    case 'parent':
      return `because ${quoteText(cause.id)}, which it is part of, was stopped`
    case 'service':
      return `because ${quoteText(cause.id)}, the service it depends on, has ended`
    case 'policy':
      return `because ${names(cause.because)} failed`
  }
}

const named = 3

function names(ids: readonly string[]): string {
  const shown = ids.slice(0, named).map(quoteText).join(', ')
  return ids.length <= named ? shown : `${shown} and ${ids.length - named} more`
}
