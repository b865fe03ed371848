import { observeWork } from '../../../engine/attempts/observeWork.js'
import { operationErrorOf, type OperationError } from '../../../model/operationError.js'
import type { Outcome } from '../../../model/outcome.js'
import type { AttemptContext, Work } from '../../../model/work.js'
import type { PreparedOperation } from '../preparedTask.js'

/** Operations that have to succeed on what an agent did, and how often it may try. */
export interface Acceptance {
  readonly checks: readonly PreparedOperation[]
  readonly tries: number
}

/** The first check that does not hold, with its error. */
export interface Refusal {
  readonly name: string
  readonly error: OperationError
}

/**
 * Performs the checks one after the other, until one fails. Each is a child operation that succeeds either way: a check that fails
 * is an answer to the agent, and only the last one decides.
 */
export async function firstRefusal(context: AttemptContext, id: string, { checks }: Acceptance): Promise<Refusal | undefined> {
  for (const [index, { name, operationType, params }] of checks.entries()) {
    const outcome = await context.child({
      id: `${id}.check${index + 1}`,
      name,
      perform: (own) => verdictOf(() => operationType.perform(params, own)),
    })
    const error = outcome.type === 'succeeded' ? (outcome.value as Verdict).error : unfinished(outcome)
    if (error !== undefined) return { name, error }
  }
  return undefined
}

function unfinished(outcome: Exclude<Outcome, { readonly type: 'succeeded' }>): OperationError {
  if (outcome.type === 'failed') return outcome.error
  return { type: 'thrown', message: 'The check was cancelled.', retryable: false }
}

interface Verdict {
  readonly holds: boolean
  readonly error?: OperationError
}

function verdictOf(perform: () => Work<unknown>): Promise<Verdict> {
  return new Promise((resolve) => {
    const refuse = (thrown: unknown): void => resolve({ holds: false, error: operationErrorOf(thrown) })
    try {
      observeWork(perform(), { gave: () => resolve({ holds: true }), threw: refuse })
    } catch (thrown) {
      refuse(thrown)
    }
  })
}
