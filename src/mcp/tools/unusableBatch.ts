import { refusalOf } from '../answers/refusal.js'
import type { ToolAnswer } from '../answers/toolAnswer.js'
import { quoteText } from '../../model/fault/quote.js'

/** A batch id that leads to nothing here, or to a batch that another server is running. */
export function unusableBatch(id: string, found: 'elsewhere' | undefined): ToolAnswer {
  const message =
    found === 'elsewhere'
      ? `batchId: ${quoteText(id)} is running on another server.\nAsk that server, or ask again after the batch has finished.`
      : `batchId: no batch is called ${quoteText(id)}.\nUse the batchId that batch_execute answered with.`
  return refusalOf({ at: 'batchId', type: 'unknown-batch', message })
}
