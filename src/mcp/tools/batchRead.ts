import { refusal } from '../answers/refusal.js'
import { formOf } from '../calls/callOptions.js'
import { compileCall } from '../calls/compileCall.js'
import { alwaysLoadedMeta } from '../describe/clientMeta.js'
import type { Tool } from '../tool.js'
import { runCall } from './runCall.js'

const exampleRead = 'batch_read {"operations":[{"id":"a","type":"file","operation":"read","params":{"path":"a.txt"}}]}'

/** `batch_read`: the same for operations that only read. A client can allow it without asking. */
export const batchRead: Tool = {
  name: 'batch_read',
  describe: () =>
    'batch_execute for plans that only read (file read, list, glob, stat, search; http GET; read-only tools); refuses anything else.',
  inputSchema: {
    type: 'object',
    properties: {
      operations: {
        type: 'array',
        items: { type: 'object', properties: {} },
        description: 'As in batch_execute, like all its other fields.',
      },
      returns: { type: 'array', items: { type: 'string' } },
    },
    required: ['operations'],
  },
  annotations: { readOnlyHint: true, openWorldHint: true },
  meta: alwaysLoadedMeta,
  async perform(input, host, call) {
    const compiled = await compileCall(input, host, { readOnly: true, example: exampleRead, canAsk: call.ask !== undefined })
    return compiled._tag === 'Left' ? refusal(compiled.left, formOf(input)) : runCall(compiled.right, host, call)
  },
}
