import type { ServedBatch } from '../batches/batch.js'
import { quoteText } from '../../model/fault/quote.js'
import type { AnswerWish } from './batchAnswer.js'
import { factsOf } from './facts.js'
import { jsonBody, layoutOf, listBody, textBody, type ToldBody } from './form/body.js'
import type { AnswerBlock } from './form/block.js'
import { showPath } from './form/label.js'
import { compactJson } from './form/compactJson.js'
import { arrange, arrangedText, everything, type AnswerDraft } from './layout/arrange.js'
import type { AnswerPiece } from './layout/cut.js'
import { refusal } from './refusal.js'
import type { Refused } from '../refused.js'
import { budgetOf } from '../size/budget.js'
import { draftOf, streamsOf } from './told/draftOf.js'
import { askedPath, leafAt, type AskedPath } from './told/path.js'
import { entryOf, type ToldEntry } from './told/toldBatch.js'
import { traitsAt } from './told/toldOf.js'
import { answer, type ToolAnswer } from './toolAnswer.js'

/** Values of a batch by their paths, whole or in pieces: what an answer left out, or what nobody asked for before. */
export function pieceAnswer(batch: ServedBatch, operations: readonly string[], { as = 'text', maxAnswerTokens }: AnswerWish): ToolAnswer {
  const isId = (id: string): boolean => batch.ends.has(id) || batch.operations.some((operation) => operation.id === id)
  const found = operations.map((text) => askedPath(text, isId))
  const faults = found.flatMap((asked, place) => faultOf(batch, asked, operations[place]!, place))
  if (faults.length > 0) return refusal({ faults, more: 0, help: [] }, as)
  const drafts = found.flatMap((asked) => (asked === undefined ? [] : [pieceDraft(batch, asked, isId)]))
  const draft = joined(
    batch,
    drafts.map((one) => one.draft),
  )
  const entries = drafts.flatMap((one) => one.entries)
  const budget = budgetOf(maxAnswerTokens)
  const facts = (arranged = everything(draft)) => ({
    batchId: batch.id,
    operations: [...factsOf(entries, draft, arranged), ...rangeFacts(draft, arranged)],
    ...(arranged.rest.length > 0 && { rest: arranged.rest }),
  })
  const arranged = arrange(draft, budget)
  return answer(as === 'json' ? compactJson(facts(arranged)) : arrangedText(draft, arranged), () => facts())
}

interface PieceDraft {
  readonly draft: AnswerDraft
  readonly entries: readonly ToldEntry[]
}

function pieceDraft(batch: ServedBatch, asked: AskedPath, isId: (id: string) => boolean): PieceDraft {
  const { id, keys, path, range } = asked
  const entry = entryOf(batch, id, { path, keys })
  const draft = draftOf(entry === undefined || range !== undefined || isInFailure(entry, keys) ? [] : [entry], { batchId: batch.id, isId })
  if (entry?.type === 'value' && range !== undefined)
    return { draft: withRange(draft, rangeBody(path, entry.value, traitsAt(entry.operation, keys)), range), entries: [] }
  if (entry?.type === 'failed' && keys.length > 0) {
    const body = bodyOfFailure(path, entry, keys)
    return { draft: withRange(draft, body, range ?? { from: 0, to: body.length }), entries: [] }
  }
  return { draft, entries: entry === undefined ? [] : [entry] }
}

function isInFailure(entry: ToldEntry, keys: AskedPath['keys']): boolean {
  return entry.type === 'failed' && keys.length > 0
}

function bodyOfFailure(path: string, { error }: Extract<ToldEntry, { type: 'failed' }>, [key]: AskedPath['keys']): ToldBody {
  if (key === 'message') return textBody(path, error.message)
  if (key === 'conversation' && error.type === 'agent-error' && error.conversation !== undefined) return jsonBody(path, error.conversation)
  return textBody(path, streamsOf(error).find(([name]) => name === key)?.[1] ?? '', { output: true })
}

function rangeBody(path: string, value: unknown, traits: ReturnType<typeof traitsAt>): ToldBody {
  if (typeof value === 'string') return textBody(path, value, traits)
  return Array.isArray(value) ? listBody(path, value, layoutOf(value, traits.found)) : jsonBody(path, value)
}

function withRange(draft: AnswerDraft, body: ToldBody, { from, to }: AnswerPiece): AnswerDraft {
  const begin = Math.min(from, body.length)
  const asked = { from: begin, to: Math.max(begin, Math.min(to, body.length)) }
  const block: AnswerBlock =
    asked.to > asked.from
      ? { path: body.path, lines: [], bodies: [body], naming: true }
      : { path: body.path, lines: [`${showPath(body.path)}: nothing there; its length is ${body.length}`], bodies: [], naming: false }
  return { ...draft, values: [block], asked: new Map([[body, asked]]) }
}

function joined(batch: ServedBatch, drafts: readonly AnswerDraft[]): AnswerDraft {
  return {
    batchId: batch.id,
    failures: drafts.flatMap(({ failures }) => failures),
    stopped: drafts.flatMap(({ stopped }) => stopped),
    values: drafts.flatMap(({ values }) => values),
    asked: new Map(drafts.flatMap(({ asked }) => [...asked])),
    unshown: drafts.flatMap(({ unshown }) => unshown),
  }
}

/** Pieces that were asked for, as a program takes them. */
function rangeFacts({ asked }: AnswerDraft, { blocks }: ReturnType<typeof everything>): readonly object[] {
  return blocks.flatMap(({ pieces }) =>
    pieces.flatMap(({ body, pieces: told }) =>
      asked.has(body)
        ? told.map(({ from, to }) => ({
            id: from === 0 && to === body.length ? body.path : `${body.path}@${from}-${to}`,
            value: body.content.type === 'text' ? body.content.text.slice(from, to) : body.content.items.slice(from, to),
          }))
        : [],
    ),
  )
}

function faultOf(batch: ServedBatch, asked: AskedPath | undefined, text: string, place: number): readonly Refused[] {
  const at = `operations[${place}]`
  if (asked === undefined) {
    const known = batch.operations
      .slice(0, 20)
      .map(({ id }) => showPath(id))
      .join(', ')
    const more = batch.operations.length > 20 ? ', …' : ''
    return [{ at, type: 'unknown-id', message: `${at}: the batch has no operation ${quoteText(text)}. It has: ${known}${more}.` }]
  }
  const end = batch.ends.get(asked.id)
  if (end === undefined && batch.summary === undefined)
    return [
      {
        at,
        type: 'not-ended',
        message: `${at}: ${quoteText(asked.id)} has not ended yet. Wait for it: batch_status {"batchId":"${batch.id}","waitMs":45000}.`,
      },
    ]
  if (end?.type !== 'operation-succeeded' || leafAt(end.value, asked.keys) !== undefined || asked.keys.length === 0) return []
  return [
    {
      at,
      type: 'unknown-leaf',
      message: `${at}: the value of ${quoteText(asked.id)} has nothing at ${quoteText(text)}. Ask for ${quoteText(asked.id)} to see it.`,
    },
  ]
}
