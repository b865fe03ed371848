import type { AnswerBlock } from '../form/block.js'
import { jsonBody, textBody, type ToldBody } from '../form/body.js'
import { compactJson } from '../form/compactJson.js'
import { estimateTokens } from '../../size/estimateTokens.js'
import type { TextSize } from '../../size/textSize.js'
import { pieceCost, type AnswerPiece } from './cut.js'

/** An item above this share of a budget is told in pieces of its own. */
const largeShare = 0.5

/** Takes the items that are too large to be told with others out of the lists of a block; `asked` learns what is left of those. */
export function largeItemsApart(block: AnswerBlock, asked: Map<ToldBody, AnswerPiece>, budget: TextSize): AnswerBlock {
  const bodies = block.bodies.flatMap((body): readonly ToldBody[] => {
    const piece = asked.get(body) ?? { from: 0, to: body.length }
    return body.content.type === 'list' && pieceCost(body, piece, budget) > largeShare
      ? listApart(body, body.content.items, piece, { asked, budget })
      : [body]
  })
  return { ...block, bodies }
}

function listApart(
  body: ToldBody,
  items: readonly unknown[],
  { from, to }: AnswerPiece,
  { asked, budget }: { readonly asked: Map<ToldBody, AnswerPiece>; readonly budget: TextSize },
): readonly ToldBody[] {
  const bodies: ToldBody[] = []
  let begin = from
  const listUpTo = (end: number): void => {
    if (end <= begin) return
    // The same list again, of which another piece is asked for.
    const part = { ...body }
    asked.set(part, { from: begin, to: end })
    bodies.push(part)
  }
  for (let place = from; place < to; place++) {
    if (!isLarge(items[place], budget)) continue
    listUpTo(place)
    bodies.push(itemBody(`${body.path}[${place}]`, items[place]))
    begin = place + 1
  }
  if (begin === from) return [body]
  listUpTo(to)
  return bodies
}

function itemBody(path: string, item: unknown): ToldBody {
  return typeof item === 'string' ? textBody(path, item) : jsonBody(path, item)
}

function isLarge(item: unknown, budget: TextSize): boolean {
  const text = compactJson(item)
  if (text.length > largeShare * budget.bytes) return true
  // No token is estimated to hold less than a third of a character.
  return text.length > (largeShare * budget.tokens) / 3 && estimateTokens(text) > largeShare * budget.tokens
}
