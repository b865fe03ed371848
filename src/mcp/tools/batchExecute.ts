import { refusal } from '../answers/refusal.js'
import { BatchCall, formOf } from '../calls/callOptions.js'
import { compileCall } from '../calls/compileCall.js'
import { compactSchema } from '../describe/compactSchema.js'
import { planningGuide } from '../describe/planningGuide.js'
import { alwaysLoadedMeta } from '../describe/clientMeta.js'
import type { Tool } from '../tool.js'
import { runCall } from './runCall.js'

// Names for the same fields, what only streams know, what is for people and for programs, what the guide tells of: they are taken, not taught.
const untaught = new Set([
  'timeout',
  'keep',
  'config',
  'title',
  'confirm',
  'service',
  'ready',
  'env',
  'retryBudget',
  'as',
  'weight',
  'repeatable',
  'inferDependencies',
  'pool',
  'pools',
  'place',
  'inputs',
  'resume',
  'rerun',
  'done',
  'from',
])

export const exampleCall =
  'batch_execute {"operations":[{"id":"a","type":"file","operation":"read","params":{"path":"a.txt"}},' +
  '{"type":"file","operation":"write","params":{"path":"b.txt","content":{"$ref":"a.content"}}}]}'

/** `batch_execute`: runs a whole plan in one call. */
export const batchExecute: Tool = {
  name: 'batch_execute',
  describe: planningGuide,
  inputSchema: compactSchema(BatchCall, untaught),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
  meta: alwaysLoadedMeta,
  async perform(input, host, call) {
    const compiled = await compileCall(input, host, { readOnly: false, example: exampleCall, canAsk: call.ask !== undefined })
    return compiled._tag === 'Left' ? refusal(compiled.left, formOf(input)) : runCall(compiled.right, host, call)
  },
}
