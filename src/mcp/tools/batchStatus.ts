import { closed } from '../../model/codec/closed.js'
import { array } from '../../model/codec/collections.js'
import { text } from '../../model/codec/values.js'
import { batchAnswer } from '../answers/batchAnswer.js'
import { describedAnswer } from '../describe/describedAnswer.js'
import { refusalOf } from '../answers/refusal.js'
import { pieceAnswer } from '../answers/pieceAnswer.js'
import { askedPath } from '../answers/told/path.js'
import { rising } from '../asking/rising.js'
import type { ServedBatch } from '../batches/batch.js'
import { waitFor } from '../batches/waitFor.js'
import { AnswerAs, MaxAnswerTokens, WaitMs } from '../calls/callOptions.js'
import { decodeInput } from '../calls/decodeInput.js'
import { compactSchema } from '../describe/compactSchema.js'
import { longAnswerMeta } from '../describe/clientMeta.js'
import type { Tool } from '../tool.js'
import { unusableBatch } from './unusableBatch.js'

const Input = closed(
  'a call of batch_status',
  {},
  {
    batchId: text({ minLength: 1 }),
    waitMs: WaitMs,
    operations: array(text({ minLength: 1 }), { minItems: 1, maxItems: 1_000 }),
    describe: array(text({ minLength: 1 }), { minItems: 1, maxItems: 100 }),
    as: AnswerAs,
    maxAnswerTokens: MaxAnswerTokens,
  },
)

const example =
  'batch_status {"batchId":"b-…","waitMs":45000} or {"batchId":"b-…","operations":["id.key","id.key@1000-2000"]} or {"describe":["file.edit"]}'

/** `batch_status`: waits for a batch, returns values of it by their paths, or describes operation types. */
export const batchStatus: Tool = {
  name: 'batch_status',
  describe: () =>
    'Wait for a batch (batchId, waitMs); get what an answer left out (batchId, operations: ids, paths, "path@from-to"); or describe operations and tools (describe: ["file.edit","server.*"]).',
  inputSchema: compactSchema(Input, new Set(['as', 'maxAnswerTokens'])),
  annotations: { readOnlyHint: true, openWorldHint: false },
  meta: longAnswerMeta,
  async perform(input, host, call) {
    const decoded = await decodeInput(Input, input, example)
    if (decoded._tag === 'Left') return decoded.left
    const { batchId, waitMs = 0, operations, describe, as } = decoded.right
    if (describe !== undefined) return describedAnswer(describe, host)
    if (batchId === undefined) return refusalOf(nothingAsked, [example], as)
    const batch = await host.find(batchId)
    if (batch === undefined || batch === 'elsewhere') return unusableBatch(batchId, batch)
    const wish = { as, maxAnswerTokens: decoded.right.maxAnswerTokens ?? batch.maxAnswerTokens ?? host.maxAnswerTokens }
    host.take(batch)
    // What has ended can be told while the others go on.
    if (operations === undefined || !haveEnded(batch, operations)) await waitFor(batch, waitMs, rising(call))
    // What is left running belongs to its handle: a caller that stops waiting does not stop it.
    host.leave(batch)
    return operations === undefined ? batchAnswer(batch, wish) : pieceAnswer(batch, operations, wish)
  },
}

function haveEnded(batch: ServedBatch, operations: readonly string[]): boolean {
  const isId = (id: string): boolean => batch.ends.has(id) || batch.operations.some((operation) => operation.id === id)
  return operations.every((text) => batch.ends.has(askedPath(text, isId)?.id ?? ''))
}

const nothingAsked = {
  at: '',
  type: 'missing-field',
  message: 'The call has neither "batchId" nor "describe".\nGive the batchId of a batch, or what to describe.',
}
