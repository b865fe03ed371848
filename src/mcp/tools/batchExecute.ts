import { closed } from '../../model/codec/closed.js'
import { Plan } from '../../model/plan.js'
import { refusal } from '../answers/refusal.js'
import { CallOptions } from '../calls/callOptions.js'
import { compileCall } from '../calls/compileCall.js'
import { compactSchema } from '../describe/compactSchema.js'
import { planningGuide } from '../describe/planningGuide.js'
import type { Tool } from '../tool.js'
import { BatchResult } from './batchResult.js'
import { runCall } from './runCall.js'

const BatchExecuteInput = closed('a call of batch_execute', Plan.required, { ...Plan.optional, ...CallOptions.optional })

// Names for the same fields, what only streams know, what is for people and for programs: they are taken, not taught.
const untaught = new Set(['timeout', 'keep', 'config', 'title', 'env', 'retryBudget'])

export const exampleCall =
  '{"operations":[{"id":"a","type":"file","operation":"read","params":{"path":"a.txt"}},' +
  '{"type":"file","operation":"write","params":{"path":"b.txt","content":{"$ref":"a.content"}}}]}'

/** `batch_execute`: runs a whole plan in one call. */
export const batchExecute: Tool = {
  name: 'batch_execute',
  describe: planningGuide,
  inputSchema: compactSchema(BatchExecuteInput, untaught),
  outputSchema: compactSchema(BatchResult),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
  async perform(input, host, call) {
    const compiled = await compileCall(input, host, { readOnly: false })
    return compiled._tag === 'Left' ? refusal(compiled.left, exampleCall) : runCall(compiled.right, host, call)
  },
}
