import type { ServedBatch } from '../batches/batch.js'
import { inLineText } from '../batches/waitFor.js'
import { quoteText } from '../../model/fault/quote.js'
import { countsSoFar, fewNames, readAsMeant } from './headline.js'
import { showPath } from './form/label.js'
import { shortMessage } from './told/draftOf.js'
import { answer, type AnswerForm, type ToolAnswer } from './toolAnswer.js'

const mostFailures = 5
const mostRunning = 20
const mostTrends = 3

/** How far a batch is that goes on; its values wait for the end. */
export function runningAnswer(batch: ServedBatch, as: AnswerForm, notes: readonly string[] = []): ToolAnswer {
  const { id, operations, ends, running } = batch
  const counts = countsSoFar(operations.length, ends.values())
  const ended = counts.succeeded + counts.failed + counts.skipped + counts.cancelled
  const failed = [...ends.values()].flatMap((end) => (end.type === 'operation-failed' && end.parent === undefined ? [end] : []))
  const inLine = batch.waiting === undefined ? '' : `; ${inLineText(batch.waiting)}`
  const atWork = running.size === 0 ? inLine : `; running: ${fewNames([...running.keys()])}`
  const asked = (batch.questions?.open() ?? []).slice(0, mostFailures)
  const { left, leftMs, worse } = batch.ahead()
  // On the first line: each other one begins with the id of an operation.
  const [worst] = worse
  const trend = worst === undefined ? '' : `; ${worst.replace(/\.$/, '')}`
  const facts = {
    status: 'running',
    batchId: id,
    counts,
    ...(batch.waiting !== undefined && { waiting: batch.waiting }),
    ...(leftMs !== undefined && { leftMs }),
    ...(worse.length > 0 && { trends: worse.slice(0, mostTrends) }),
    running: [...running.keys()].slice(0, mostRunning),
    failed: failed.slice(0, mostFailures).map((end) => ({ id: end.id, message: shortMessage(end.error).line })),
    ...(asked.length > 0 && { asks: asked.map(({ id: operation, agent, question }) => ({ id: operation, agent, question })) }),
  }
  const text = [
    `${ended} of ${counts.total} ended${counts.failed > 0 ? `, ${counts.failed} failed` : ''}${left === undefined ? '' : `, ${left}`}${atWork}${trend}${readAsMeant(notes)}`,
    ...failed.slice(0, mostFailures).map((end) => `${showPath(end.id)} failed: ${shortMessage(end.error).line}`),
    ...asked.map(({ id: operation, agent, question }) => `${showPath(operation)}: ${showPath(agent)} asks ${quoteText(question)}`),
    `Go on: batch_status {"batchId":"${id}","waitMs":45000}`,
  ].join('\n')
  return answer(as === 'json' ? JSON.stringify(facts) : text, () => facts)
}
