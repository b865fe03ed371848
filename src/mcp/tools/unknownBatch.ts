import { refusal } from '../answers/refusal.js'
import { quoteText } from '../../model/quote.js'
import type { ToolAnswer } from '../answers/toolAnswer.js'

export function unknownBatch(id: string): ToolAnswer {
  const message = `batchId: this server knows no batch ${quoteText(id)}.\nUse the batchId that batch_execute answered with, on the same server.`
  return refusal([{ at: 'batchId', type: 'unknown-batch', message }], '{"batchId":"b-…"}')
}
