import { isPlainObject, own } from '../../model/codec/plainObject.js'
import { quoteText } from '../../model/fault/quote.js'
import { jsonText } from '../../operators/share/jsonText.js'
import type { Batch } from '../batches/batch.js'
import { answer, type ToolAnswer } from './toolAnswer.js'
import { answerTokens } from './budget.js'
import { stopText } from './batchFacts.js'
import { characterStart, fitText } from './fit.js'
import { refusal } from './refusal.js'

/**
 * A part of one operation's value, or of something in it (`id.key`), from a place in its text on.
 *
 * Text is given as it is, everything else as JSON.
 */
export function valueAnswer(batch: Batch, operation: string, offset: number): ToolAnswer {
  const [id = '', ...keys] = operation.split('.')
  const end = batch.ends.get(id)
  if (end === undefined) return noValue(batch, id)
  if (end.type !== 'operation-succeeded') {
    const why =
      end.type === 'operation-failed'
        ? end.error.message
        : end.type === 'operation-skipped'
          ? `skipped (${end.reason})`
          : stopText(end.cause)
    return answer(`${id} has no value: ${why}`, {
      batchId: batch.id,
      operation: id,
      outcome: end.type.replace('operation-', ''),
      reason: why,
    })
  }
  const found = leafOf(end.value, keys)
  if (found === undefined) {
    const message = `operation: the value of ${quoteText(id)} has no ${quoteText(keys.join('.'))}.\nAsk for ${quoteText(id)} to see it.`
    return refusal([{ at: 'operation', type: 'unknown-leaf', message }], exampleOf(batch, id))
  }
  const text = typeof found.value === 'string' ? found.value : jsonText(found.value)
  const start = characterStart(text, Math.min(offset, text.length))
  // In JSON it is quoted, which costs about a third more.
  const { text: part } = fitText(text.slice(start), Math.floor((answerTokens - 200) * 0.75))
  const next = start + part.length
  const rest = next < text.length ? `; go on with "offset":${next}` : ''
  return answer(`${operation}: characters ${start} to ${next} of ${text.length}${rest}\n${part}`, {
    batchId: batch.id,
    operation,
    offset: start,
    length: text.length,
    ...(next < text.length && { nextOffset: next }),
    part,
  })
}

/** Keys as text, since an id has no dot and a key hardly ever; a list's positions are numbers. */
function leafOf(value: unknown, keys: readonly string[]): { readonly value: unknown } | undefined {
  let leaf = value
  for (const key of keys) {
    const inside = Array.isArray(leaf) || isPlainObject(leaf) ? own(leaf, key) : undefined
    if (inside === undefined) return undefined
    leaf = inside
  }
  return { value: leaf }
}

function noValue(batch: Batch, id: string): ToolAnswer {
  const known = batch.operations.some((operation) => operation.id === id)
  const message = known
    ? `operation: ${quoteText(id)} has not ended yet.\nWait for it: batch_status {"batchId":"${batch.id}","waitMs":45000}.`
    : `operation: the batch has no operation ${quoteText(id)}.\nIt has: ${batch.operations
        .slice(0, 20)
        .map((operation) => operation.id)
        .join(', ')}${batch.operations.length > 20 ? ', …' : ''}.`
  return refusal(
    [{ at: 'operation', type: known ? 'not-ended' : 'unknown-id', message }],
    exampleOf(batch, batch.operations[0]?.id ?? 'id'),
  )
}

function exampleOf(batch: Batch, id: string): string {
  return `{"batchId":"${batch.id}","operation":"${id}","offset":0}`
}
