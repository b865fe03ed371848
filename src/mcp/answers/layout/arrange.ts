// mcp/answers/layout: what of an answer is told within its budget, and the call that brings the rest.
import type { AnswerBlock } from '../form/block.js'
import type { ToldBody } from '../form/body.js'
import { fitsIn, partOf, sizeOf, sumOf, type TextSize } from '../../size/textSize.js'
import { pieceCost, type AnswerPiece } from './cut.js'
import { largeItemsApart } from './largeItems.js'
import { continuing, restEntry } from './rest.js'
import { sharePieces, type Portion } from './sharePieces.js'

/** All that an answer has to tell, in its order. */
export interface AnswerDraft {
  /** The first line, by whether everything is shown and a continuing call follows; absent where the answer goes on with an earlier one. */
  readonly head?: (allShown: boolean, continued: boolean) => string
  readonly failures: readonly AnswerBlock[]
  /** Lines about what was skipped or cancelled. */
  readonly stopped: readonly string[]
  readonly values: readonly AnswerBlock[]
  /** Pieces of bodies that were asked for; of all others the whole is told. */
  readonly asked: ReadonlyMap<ToldBody, AnswerPiece>
  /** Paths of what is told by its kind alone. */
  readonly unshown: readonly string[]
  readonly batchId: string
}

/** A draft with what fits of it: the pieces of each body, and what to ask for. */
export interface Arranged {
  readonly allShown: boolean
  readonly blocks: readonly ArrangedBlock[]
  readonly moreFailed: number
  readonly stopped: readonly string[]
  readonly rest: readonly string[]
}

export interface ArrangedBlock {
  readonly block: AnswerBlock
  readonly pieces: readonly { readonly body: ToldBody; readonly pieces: readonly AnswerPiece[] }[]
}

/** Failures may take this much where there are very many. */
const failureShare = 0.4

/** Chooses what is told: everything where that fits, else what matters most, each as the page on answers says. */
export function arrange(draft: AnswerDraft, budget: TextSize): Arranged {
  const whole = everything(draft)
  if (fitsIn(sizeOf(arrangedText(draft, whole)), budget)) return whole
  // The continuing call counts too, and how long it is shows only once it is decided what it names.
  let reserved = partOf(budget, sizeOf(continuing(draft.batchId, ['']) ?? ''))
  for (;;) {
    const arranged = decide(draft, budget, reserved)
    const size = sizeOf(arrangedText(draft, arranged))
    const over = partOf(budget, size) - 1
    if (over <= 0 || reserved >= 1) return arranged
    reserved = Math.min(1, reserved + over + leastStep)
  }
}

const leastStep = 1e-6

/** A draft as its text, with the pieces that were chosen. */
export function arrangedText(draft: AnswerDraft, { allShown, blocks, moreFailed, stopped, rest }: Arranged): string {
  const failed = new Set(draft.failures.map(({ path }) => path))
  const parts = (some: readonly ArrangedBlock[]): readonly string[] =>
    some.flatMap(({ block, pieces }) => [
      ...block.lines,
      ...pieces.flatMap(({ body, pieces: told }) => told.map(({ from, to }) => body.write(from, to))),
    ])
  const going = continuing(draft.batchId, rest)
  return [
    ...(draft.head === undefined ? [] : [draft.head(allShown, going !== undefined)]),
    ...parts(blocks.filter(({ block }) => failed.has(block.path))),
    ...(moreFailed > 0 ? [`and ${moreFailed} more failed`] : []),
    ...stopped,
    ...parts(blocks.filter(({ block }) => !failed.has(block.path))),
    ...(going === undefined ? [] : [going]),
  ].join('\n')
}

export function everything(draft: AnswerDraft): Arranged {
  const blocks = [...draft.failures, ...draft.values].map((block) => ({
    block,
    pieces: block.bodies.map((body) => ({ body, pieces: [askedOf(draft.asked, body)] })),
  }))
  return { allShown: true, blocks, moreFailed: 0, stopped: draft.stopped, rest: draft.unshown }
}

function askedOf(asked: AnswerDraft['asked'], body: ToldBody): AnswerPiece {
  return asked.get(body) ?? { from: 0, to: body.length }
}

function decide(draft: AnswerDraft, budget: TextSize, reserved: number): Arranged {
  const costOf = (lines: readonly string[]): number => (lines.length === 0 ? 0 : partOf(budget, sumOf(lines.map(sizeOf))))
  let room = 1 - reserved - costOf(draft.head === undefined ? [] : [draft.head(false, true)])

  const failures = fitting(draft.failures, ({ lines }) => costOf(lines), Math.min(room, failureShare))
  room -= failures.taken
  const moreFailed = draft.failures.length - failures.fit.length
  if (moreFailed > 0) room -= costOf([`and ${moreFailed} more failed`])
  const stopped = fitting(draft.stopped, (line) => costOf([line]), room)
  room -= stopped.taken
  const asked = new Map(draft.asked)
  const values = draft.values.map((block) => largeItemsApart(block.split?.() ?? block, asked, budget))
  // Lines that only name a text come with it.
  const lineCost = ({ lines, naming }: AnswerBlock): number => (naming ? 0 : costOf(lines))
  const lines = fitting(values, lineCost, room)
  room -= lines.taken

  const portion = (block: AnswerBlock, body: ToldBody, place: number): Portion => {
    const piece = askedOf(asked, body)
    const naming = block.naming && place === 0 ? costOf(block.lines) : 0
    return { body, asked: piece, cost: pieceCost(body, piece, budget) + naming, naming }
  }
  const portionsOf = (blocks: readonly AnswerBlock[]): readonly Portion[] =>
    blocks.flatMap((block) => block.bodies.map((body, place) => portion(block, body, place)))
  const told = sharePieces(portionsOf(failures.fit), portionsOf(lines.fit), room, budget)

  const arranged = [...failures.fit, ...lines.fit].flatMap((block): readonly ArrangedBlock[] => {
    const pieces = block.bodies.map((body) => ({ body, pieces: told.get(body) ?? [] }))
    const silent = block.naming && pieces.every((one) => one.pieces.length === 0)
    return silent ? [] : [{ block, pieces }]
  })
  const left = new Set(lines.left.map(({ path }) => path))
  const rest = [...failures.fit, ...values].flatMap((block) =>
    left.has(block.path) ? [block.path] : block.bodies.flatMap((body) => restEntry(body, askedOf(asked, body), told.get(body) ?? [])),
  )
  return {
    allShown: false,
    blocks: arranged,
    moreFailed,
    stopped: stopped.fit,
    rest: [...rest, ...draft.unshown.filter((path) => !left.has(path))],
  }
}

/** In their order, as many as fit. */
function fitting<A>(
  all: readonly A[],
  costOf: (one: A) => number,
  room: number,
): { readonly fit: readonly A[]; readonly left: readonly A[]; readonly taken: number } {
  const fit: A[] = []
  const left: A[] = []
  let taken = 0
  for (const one of all) {
    const cost = costOf(one)
    if (left.length > 0 || taken + cost > room) left.push(one)
    else {
      fit.push(one)
      taken += cost
    }
  }
  return { fit, left, taken }
}
