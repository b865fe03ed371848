import { closed } from '../../model/codec/closed.js'
import { text } from '../../model/codec/values.js'
import { batchAnswer } from '../answers/batchAnswer.js'
import { compactSchema } from '../describe/compactSchema.js'
import type { Tool } from '../tool.js'
import { AnswerAs } from '../calls/callOptions.js'
import { decodeInput } from '../calls/decodeInput.js'
import { unusableBatch } from './unusableBatch.js'

const Input = closed('a call of batch_cancel', { batchId: text({ minLength: 1 }) }, { as: AnswerAs })

/** `batch_cancel`: stops a batch that was left running, and answers with what it came to. */
export const batchCancel: Tool = {
  name: 'batch_cancel',
  describe: () => 'Stop a running batch; answers once its work has ended.',
  inputSchema: compactSchema(Input, new Set(['as'])),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  async perform(input, host) {
    const decoded = await decodeInput(Input, input, 'batch_cancel {"batchId":"b-…"}')
    if (decoded._tag === 'Left') return decoded.left
    const batch = await host.find(decoded.right.batchId)
    if (batch === undefined || batch === 'elsewhere') return unusableBatch(decoded.right.batchId, batch)
    host.take(batch)
    batch.cancel('batch_cancel')
    await batch.done
    return batchAnswer(batch, { as: decoded.right.as, maxAnswerTokens: batch.maxAnswerTokens })
  },
}
