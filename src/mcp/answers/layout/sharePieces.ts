import type { ToldBody } from '../form/body.js'
import { sizeOf, type TextSize } from '../../size/textSize.js'
import { cutPieces, type AnswerPiece } from './cut.js'
import { shareOut } from './share.js'

/** A body that wants to be told, and what that would take of the budget. */
export interface Portion {
  readonly body: ToldBody
  readonly asked: AnswerPiece
  /** With the line that names it. */
  readonly cost: number
  readonly naming: number
}

/** Below this a text is worth little: it has to be asked for again all the same. */
const leastTokens = 1_000

/** Texts up to this come whole where not all can. */
const smallTokens = 100

/** The pieces of each body that are told. Output of failed programs goes first; then values share evenly, or come whole in their order. */
export function sharePieces(
  failed: readonly Portion[],
  values: readonly Portion[],
  room: number,
  budget: TextSize,
): ReadonlyMap<ToldBody, readonly AnswerPiece[]> {
  const told = new Map<ToldBody, readonly AnswerPiece[]>()
  const sum = (portions: readonly Portion[]): number => portions.reduce((total, { cost }) => total + cost, 0)
  const forFailed = Math.min(sum(failed), Math.max(room / 2, room - sum(values)))
  const used = evenly(
    failed,
    shareOut(
      failed.map(({ cost }) => cost),
      forFailed,
    ),
    budget,
    told,
  )
  const left = room - used
  const shares = shareOut(
    values.map(({ cost }) => cost),
    left,
  )
  const worthCutting = values.every((portion, place) => {
    const share = shares[place]!
    return share >= portion.cost || (tokensOf(portion, budget) * share) / portion.cost >= leastTokens
  })
  if (worthCutting) evenly(values, shares, budget, told)
  else inOrder(values, left, budget, told)
  return told
}

/** Tells of each what its share holds; answers how much was taken. */
function evenly(
  portions: readonly Portion[],
  shares: readonly number[],
  budget: TextSize,
  told: Map<ToldBody, readonly AnswerPiece[]>,
): number {
  return portions.reduce((used, portion, place) => {
    const { body, asked, cost, naming } = portion
    const share = shares[place]!
    told.set(body, share >= cost ? [asked] : cutPieces(body, asked, share - naming, budget))
    return used + share
  }, 0)
}

function inOrder(portions: readonly Portion[], room: number, budget: TextSize, told: Map<ToldBody, readonly AnswerPiece[]>): void {
  let left = room
  const whole = ({ body, asked, cost }: Portion): void => {
    told.set(body, [asked])
    left -= cost
  }
  const isSmall = (portion: Portion): boolean => tokensOf(portion, budget) <= smallTokens
  for (const portion of portions) if (isSmall(portion) && portion.cost <= left) whole(portion)
  const large = portions.filter(({ body }) => !told.has(body))
  for (const portion of large) {
    if (portion.cost <= left) whole(portion)
    else {
      // What is larger than all the room there is never comes whole.
      const worthCutting = told.size === 0 || left * budget.tokens >= leastTokens
      if (portion.cost > room && worthCutting) told.set(portion.body, cutPieces(portion.body, portion.asked, left - portion.naming, budget))
      return
    }
  }
}

function tokensOf({ body, asked: { from, to } }: Portion, budget: TextSize): number {
  // Beyond the budget, how large it is does not matter: it is no small text, and its share decides.
  if (body.content.type === 'text' && to - from > budget.bytes) return Math.max(budget.tokens, (to - from) / charactersPerToken)
  return sizeOf(body.write(from, to)).tokens
}

const charactersPerToken = 3
