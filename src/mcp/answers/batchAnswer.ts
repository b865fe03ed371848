import type { Batch } from '../batches/batch.js'
import { progressText } from '../batches/waitFor.js'
import { answer, type ToolAnswer } from './toolAnswer.js'
import { answerTokens } from './budget.js'
import { batchFacts } from './batchFacts.js'
import { batchText } from './batchText.js'

/** What a batch came to, or how far it is. */
export function batchAnswer(batch: Batch): ToolAnswer {
  if (batch.summary === undefined) return runningAnswer(batch)
  const facts = batchFacts(batch, answerTokens)
  return answer(batchText(facts), { ...facts })
}

const namedFailures = 20

function runningAnswer(batch: Batch): ToolAnswer {
  const { id, name, operations, ends, running } = batch
  const ended = operations.filter((operation) => ends.has(operation.id)).length
  const failed = [...ends.values()].flatMap((end) => (end.type === 'operation-failed' ? [end.id] : []))
  const hint = `Ask again: batch_status {"batchId":"${id}","waitMs":45000}; stop it: batch_cancel {"batchId":"${id}"}`
  const failures =
    failed.length === 0 ? '' : ` Failed so far: ${failed.slice(0, namedFailures).join(', ')}${failed.length > namedFailures ? ', …' : ''}.`
  return answer(`Batch ${id} running; ${progressText(batch)}.${failures}\n${hint}`, {
    batchId: id,
    status: 'running',
    ...(name !== undefined && { name }),
    ended,
    total: operations.length,
    running: [...running.keys()].slice(0, namedFailures),
    failed: failed.slice(0, namedFailures),
    hint,
  })
}
