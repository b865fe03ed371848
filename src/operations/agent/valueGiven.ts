import { OperationFailure } from '../../model/operationError.js'
import type { Outcome } from '../../model/outcome.js'
import { quoteText } from '../../model/fault/quote.js'
import { agentError } from './refusals.js'

/** What an agent gave; throws what kept it from giving anything. */
export function valueGiven(outcome: Outcome, agent: string): unknown {
  switch (outcome.type) {
    case 'succeeded':
      return outcome.value
    case 'failed':
      throw new OperationFailure(outcome.error)
    case 'skipped':
    case 'cancelled':
      throw agentError(agent, `The task of the agent ${quoteText(agent)} was cancelled.`, false)
  }
}
