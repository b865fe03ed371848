import { batchAnswer } from '../../../mcp/answers/batchAnswer.js'
import { finishedBatch } from '../../../mcp/batches/finishedBatch.js'
import type { TerminalEvent } from '../../../model/event.js'
import type { Summary } from '../../../model/summary.js'
import type { BatchAnswer } from '../../../monitor/tokens/conversations.js'
import type { TokenPlan } from '../../../monitor/tokens/tokenPlan.js'
import { isPlainObject } from '../../../model/codec/plainObject.js'

/** What the server would have answered to the batch that ran: its own text, of the values that are asked for. */
export function serverAnswer({ operations }: TokenPlan, ends: ReadonlyMap<string, TerminalEvent>, summary: Summary): BatchAnswer {
  const named = operations.map(({ id, name, params }) => ({ id, name, params: isPlainObject(params) ? params : {}, each: false }))
  return (values) => {
    const returns = values.length === operations.length ? undefined : values.map(({ id }) => id)
    const batch = finishedBatch({ id: summary.runId, name: undefined, operations: named, returns, ends, summary })
    // One text: there is no other form of it.
    return { text: batchAnswer(batch).content[0]!.text, structured: undefined }
  }
}
