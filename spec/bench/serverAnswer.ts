import { batchAnswer } from '../../src/mcp/answers/batchAnswer.js'
import type { BatchAnswer } from '../../src/monitor/tokens/conversations.js'
import { batchOf } from '../mcp/answers/batchOf.js'

/** The answer of the server itself to a batch whose values are those of tools: one text, whatever form the client takes. */
export const serverAnswer: BatchAnswer = (values, operations) => {
  const told = values.map(({ id, value }) => ({ id, name: 'tool.a.b', value }))
  // What was not asked for has no line.
  const others = Array.from({ length: operations - values.length }, (_, place) => ({ id: `other ${place}`, name: 'file.write', value: {} }))
  const { content } = batchAnswer(batchOf([...told, ...others]))
  return { text: content[0]?.text ?? '', structured: undefined }
}
