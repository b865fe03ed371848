import { isPlainObject } from '../../model/codec/plainObject.js'
import type { ServedBatch } from '../batches/batch.js'
import type { ToldBody } from './form/body.js'
import { compactJson } from './form/compactJson.js'
import { plannedCounts } from './headline.js'
import { arrange, everything, type AnswerDraft, type Arranged, type ArrangedBlock } from './layout/arrange.js'
import type { AnswerPiece } from './layout/cut.js'
import { fitsIn, sizeOf, type TextSize } from '../size/textSize.js'
import { streamsOf } from './told/draftOf.js'
import type { ToldEntry, ToldValue } from './told/toldBatch.js'
import { withoutBinary } from './told/unshown.js'

/** One operation, or a piece of its value, as a program takes it. */
export interface OperationFact {
  readonly id: string
  readonly outcome: 'succeeded' | 'failed' | 'skipped' | 'cancelled'
  readonly value?: unknown
  readonly message?: string
  readonly reason?: string
}

export type Facts = { readonly [key: string]: unknown }

/** What a batch came to, all of it. */
export function wholeFacts(batch: ServedBatch, entries: readonly ToldEntry[], draft: AnswerDraft): Facts {
  return { ...document(batch, entries, draft, everything(draft)), batchId: batch.id }
}

/** The same as JSON that stays within a budget. */
export function factsText(batch: ServedBatch, entries: readonly ToldEntry[], draft: AnswerDraft, budget: TextSize): string {
  // As JSON a text is longer than it is in a fence, by how much only its JSON shows.
  for (let share = 1; ; share *= 0.8) {
    const within = { tokens: budget.tokens * share, bytes: budget.bytes * share }
    const text = compactJson(document(batch, entries, draft, arrange(draft, within)))
    if (fitsIn(sizeOf(text), budget) || share < leastShare) return text
  }
}

const leastShare = 0.05

function document(batch: ServedBatch, entries: readonly ToldEntry[], draft: AnswerDraft, arranged: Arranged): Facts {
  const { id, summary, operations } = batch
  const told = factsOf(entries, draft, arranged)
  const known = new Set(told.map((fact) => fact.id))
  const named = new Set(entries.map((entry) => entry.id))
  // Whoever reads JSON asks of each operation how it ended; where not everything fits, those without a value say least.
  const bare = arranged.allShown
    ? operations.flatMap((one): readonly OperationFact[] =>
        named.has(one.id) || known.has(one.id) ? [] : [{ id: one.id, outcome: 'succeeded' }],
      )
    : []
  const place = new Map(operations.map((one, index) => [one.id, index]))
  const all = bare.length === 0 ? told : [...told, ...bare].sort((a, b) => (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity))
  const ok = summary?.ok === true
  const cancelled = (summary?.counts.cancelled ?? 0) > 0 && summary?.stoppedBy?.type === 'signal'
  const counts = plannedCounts(batch)
  const handle = !ok || arranged.rest.length > 0 || !arranged.allShown
  return {
    status: ok ? 'succeeded' : cancelled ? 'cancelled' : 'failed',
    counts,
    ...(summary?.rollback !== undefined && { rollback: summary.rollback }),
    ...(handle && { batchId: id }),
    operations: all,
    ...(arranged.rest.length > 0 && { rest: arranged.rest }),
  }
}

/** What an answer reports of each entry, once its block is laid out. */
export function factsOf(entries: readonly ToldEntry[], draft: AnswerDraft, { blocks, allShown }: Arranged): readonly OperationFact[] {
  const byPath = new Map(blocks.map((arranged) => [arranged.block.path, arranged]))
  return entries.flatMap((entry): readonly OperationFact[] => {
    switch (entry.type) {
      case 'failed':
        return byPath.has(entry.id) ? failedFacts(entry, byPath.get(entry.id)!) : []
      case 'stopped':
        return [{ id: entry.id, outcome: entry.outcome, reason: entry.reason }]
      case 'same':
        return byPath.has(entry.id) || allShown ? [{ id: entry.id, outcome: 'succeeded', reason: `the same as ${entry.as}` }] : []
      case 'value':
        return byPath.has(entry.path) ? valueFacts(entry, byPath.get(entry.path)!, draft) : []
    }
  })
}

function failedFacts({ id, error }: Extract<ToldEntry, { type: 'failed' }>, { pieces }: ArrangedBlock): readonly OperationFact[] {
  const told = new Map(pieces.map((one) => [one.body.path, one]))
  const whole = streamsOf(error).filter(([key]) => isWhole(told.get(`${id}.${key}`)))
  const value = Object.fromEntries(whole)
  const parts = pieces.filter((one) => !isWhole(one)).flatMap((one) => pieceFacts(one, 'failed'))
  return [{ id, outcome: 'failed', message: error.message, ...(whole.length > 0 && { value }) }, ...parts]
}

function valueFacts({ path, keys, value, operation }: ToldValue, { pieces }: ArrangedBlock, draft: AnswerDraft): readonly OperationFact[] {
  if (value === undefined || value === null) return [{ id: path, outcome: 'succeeded' }]
  const shown = keys.length > 0 ? value : withoutBinary(path, value, operation).value
  const cut = pieces.filter((one) => !isWhole(one) || draft.asked.has(one.body))
  if (cut.length === 0) return [{ id: path, outcome: 'succeeded', value: shown }]
  const parts = cut.flatMap((one) => pieceFacts(one, 'succeeded'))
  if (!isPlainObject(shown) || cut.some(({ body }) => body.path === path)) return parts
  // A member is told whole or in pieces of its own, never both.
  const apart = new Set(cut.map(({ body }) => body.path.slice(path.length + 1).split(/[.[]/, 1)[0]))
  const rest = Object.fromEntries(Object.entries(shown).filter(([key]) => !apart.has(key)))
  return [{ id: path, outcome: 'succeeded', ...(Object.keys(rest).length > 0 && { value: rest }) }, ...parts]
}

function isWhole(one: { readonly body: ToldBody; readonly pieces: readonly AnswerPiece[] } | undefined): boolean {
  const [piece] = one?.pieces ?? []
  return one !== undefined && piece !== undefined && piece.from === 0 && piece.to === one.body.length
}

function pieceFacts(
  { body, pieces }: { readonly body: ToldBody; readonly pieces: readonly AnswerPiece[] },
  outcome: OperationFact['outcome'],
): readonly OperationFact[] {
  const { path, content } = body
  return pieces.map(({ from, to }) => {
    const value = content.type === 'text' ? content.text.slice(from, to) : content.items.slice(from, to)
    return { id: from === 0 && to === body.length ? path : `${path}@${from}-${to}`, outcome, value }
  })
}
