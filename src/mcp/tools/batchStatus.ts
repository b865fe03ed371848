import { closed } from '../../model/codec/closed.js'
import { array } from '../../model/codec/collections.js'
import { text, integer } from '../../model/codec/values.js'
import { batchAnswer } from '../answers/batchAnswer.js'
import { describedAnswer } from '../answers/describedAnswer.js'
import { refusal } from '../answers/refusal.js'
import { valueAnswer } from '../answers/valueAnswer.js'
import { waitFor } from '../batches/waitFor.js'
import { WaitMs } from '../calls/callOptions.js'
import { decodeInput } from '../calls/decodeInput.js'
import { compactSchema } from '../describe/compactSchema.js'
import type { Tool } from '../tool.js'
import { unusableBatch } from './unusableBatch.js'

const Input = closed(
  'a call of batch_status',
  {},
  {
    batchId: text({ minLength: 1 }),
    waitMs: WaitMs,
    operation: text({ minLength: 1 }),
    offset: integer({ minimum: 0 }),
    describe: array(text({ minLength: 1 }), { minItems: 1, maxItems: 100 }),
  },
)

const example = '{"batchId":"b-…","waitMs":45000} or {"batchId":"b-…","operation":"id.key","offset":0} or {"describe":["file.edit"]}'

/** `batch_status`: waits for a batch, pages through a large value, or describes operation types. */
export const batchStatus: Tool = {
  name: 'batch_status',
  describe: () =>
    'Wait for a batch (batchId, waitMs); read on in a value cut short (batchId, operation: "id" or "id.key", offset); or describe operations and tools (describe: ["file.edit","server.*"]).',
  inputSchema: compactSchema(Input),
  annotations: { readOnlyHint: true, openWorldHint: false },
  async perform(input, host, call) {
    const decoded = decodeInput(Input, input, example)
    if (decoded._tag === 'Left') return decoded.left
    const { batchId, waitMs = 0, operation, offset = 0, describe } = decoded.right
    if (describe !== undefined) return describedAnswer(describe, host)
    if (batchId === undefined) return refusal([nothingAsked], example)
    const batch = await host.find(batchId)
    if (batch === undefined || batch === 'elsewhere') return unusableBatch(batchId, batch)
    host.take(batch)
    if (operation !== undefined && batch.ends.has(operation.split('.')[0] ?? '')) {
      host.leave(batch)
      return valueAnswer(batch, operation, offset)
    }
    await waitFor(batch, waitMs, call)
    // What is left running belongs to its handle: a caller that stops waiting does not stop it.
    host.leave(batch)
    return operation === undefined ? batchAnswer(batch) : valueAnswer(batch, operation, offset)
  },
}

const nothingAsked = {
  at: '',
  type: 'missing-field',
  message: 'The call asks for nothing: it has neither "batchId" nor "describe".\nGive the batchId of a batch, or what to describe.',
}
