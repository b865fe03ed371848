import type { ToldBody } from '../form/body.js'
import { partOf, sizeOf, type TextSize } from '../../size/textSize.js'
import { characterStart } from '../../size/fitText.js'

/** A piece of a body, as much of it as is told at once. */
export interface AnswerPiece {
  readonly from: number
  readonly to: number
}

/** A cut is made at a line break when one is at most this far. */
const nearestBreak = 400

/** The share of a program's output that its beginning gets when it is cut. */
const headShare = 0.2

/** How large a piece is in an answer, as a part of its budget. Far more than fits is not counted exactly. */
export function pieceCost(body: ToldBody, { from, to }: AnswerPiece, budget: TextSize): number {
  if (body.content.type === 'text' && to - from > budget.bytes) return (to - from) / budget.bytes
  return partOf(budget, sizeOf(body.write(from, to)))
}

/** The pieces of a body that fit into a part of the budget: its beginning, or of a program's output both ends. */
export function cutPieces(body: ToldBody, asked: AnswerPiece, room: number, budget: TextSize): readonly AnswerPiece[] {
  const whole = asked.from === 0 && asked.to === body.length
  if (!body.output || !whole) return longestHead(body, asked, room, budget)
  const both = longestOutput(body, room, budget)
  return both.length > 0 ? both : longestHead(body, asked, room, budget)
}

function longestHead(body: ToldBody, { from, to }: AnswerPiece, room: number, budget: TextSize): readonly AnswerPiece[] {
  const end = largest(Math.min(to, from + budget.bytes) - from, (length) => pieceCost(body, { from, to: from + length }, budget) <= room)
  const cut = endOfPiece(body, from, from + end)
  return cut > from ? [{ from, to: cut }] : []
}

function longestOutput(body: ToldBody, room: number, budget: TextSize): readonly AnswerPiece[] {
  const ends = (length: number): readonly AnswerPiece[] => {
    const head = endOfPiece(body, 0, Math.floor(length * headShare))
    const tail = startOfPiece(body, body.length - Math.floor(length * (1 - headShare)))
    return [
      { from: 0, to: head },
      { from: Math.max(head, tail), to: body.length },
    ].filter(({ from, to }) => to > from)
  }
  const cost = (pieces: readonly AnswerPiece[]): number => pieces.reduce((sum, piece) => sum + pieceCost(body, piece, budget), 0)
  return ends(largest(Math.min(body.length, budget.bytes), (length) => cost(ends(length)) <= room))
}

/** The largest number up to `most` for which something holds that stops holding at some point. */
function largest(most: number, holds: (length: number) => boolean): number {
  let [least, above] = [0, most]
  while (least < above) {
    const middle = Math.ceil((least + above) / 2)
    if (holds(middle)) least = middle
    else above = middle - 1
  }
  return least
}

/** The place itself or, in a text, the line break or character before it. */
function endOfPiece({ content, length }: ToldBody, from: number, place: number): number {
  if (content.type === 'list' || place >= length) return place
  const afterBreak = content.text.lastIndexOf('\n', place - 1) + 1
  return afterBreak > from && afterBreak <= place && place - afterBreak <= nearestBreak ? afterBreak : characterStart(content.text, place)
}

/** The place itself or, in a text, the line or character after it. */
function startOfPiece({ content, length }: ToldBody, place: number): number {
  if (content.type === 'list' || place <= 0) return Math.max(0, place)
  if (content.text[place - 1] === '\n') return place
  const afterBreak = content.text.indexOf('\n', place) + 1
  if (afterBreak > 0 && afterBreak < length && afterBreak - place <= nearestBreak) return afterBreak
  const start = characterStart(content.text, place)
  return start < place ? place + 1 : place
}
