import { Way, type Access } from '../../src/graph/effects/access.js'

/** What an operation of a test touches. */
export interface Touches {
  readonly reads?: readonly string[]
  readonly writes?: readonly string[]
  readonly follows?: readonly string[]
}

/** One pair of operations that must keep their order, and whether the later needs the success of the earlier. */
export interface NaivePair {
  readonly from: number
  readonly to: number
  readonly effect: boolean
}

type Kind = 'read' | 'write' | 'follow'

interface NaiveTouch {
  readonly kind: Kind
  readonly program: boolean
  readonly segments: readonly string[]
}

/** The rules of the design, pair by pair, with nothing clever in it: the judge of the quick algorithm. */
export function naivePairs(operations: readonly Touches[]): readonly NaivePair[] {
  const touches = operations.map(touchesOf)
  const pairs: NaivePair[] = []
  for (let to = 0; to < operations.length; to++)
    for (let from = 0; from < to; from++) {
      const meets = touches[from]!.some((first) => touches[to]!.some((second) => inConflict(first, second)))
      if (meets) pairs.push({ from, to, effect: needsSuccess(touches, from, to) })
    }
  return pairs
}

function touchesOf({ reads = [], writes = [], follows = [] }: Touches): readonly NaiveTouch[] {
  const program = follows.length > 0
  const of = (kind: Kind, paths: readonly string[]) =>
    paths.map((path) => ({ kind, program, segments: path === '' ? [] : path.split('/') }))
  return [...of('read', reads), ...of('write', writes), ...of('follow', follows)]
}

function inConflict(first: NaiveTouch, second: NaiveTouch): boolean {
  if (!holds(first, second) && !holds(second, first)) return false
  const follows = [first, second].filter(({ kind }) => kind === 'follow').length
  // Two programs are told apart by what they declare alone; a program follows its folder against everything else.
  if (follows > 0) return follows === 1 && !(first.program && second.program)
  return first.kind === 'write' || second.kind === 'write'
}

function needsSuccess(touches: readonly (readonly NaiveTouch[])[], from: number, to: number): boolean {
  return touches[to]!.some(
    (read) =>
      read.kind === 'read' &&
      touches[from]!.some((write) => write.kind === 'write' && same(write, read)) &&
      !touches
        .slice(from + 1, to)
        .flat()
        .some((later) => holds(later, read) && (later.kind === 'write' || (later.kind === 'follow' && !read.program))),
  )
}

function holds(outer: NaiveTouch, inner: NaiveTouch): boolean {
  return outer.segments.length <= inner.segments.length && outer.segments.every((segment, level) => segment === inner.segments[level])
}

function same(first: NaiveTouch, second: NaiveTouch): boolean {
  return first.segments.length === second.segments.length && holds(first, second)
}

/** The same touches as the library's own accesses. */
export function accessesOfTouches({ reads = [], writes = [], follows = [] }: Touches): readonly Access[] {
  const program = follows.length > 0
  const of = (way: Way, paths: readonly string[]) => paths.map((path): Access => ({ resource: `file:/${path}`, way, exact: true }))
  return [
    ...of(program ? Way.programReads : Way.read, reads),
    ...of(program ? Way.programWrites : Way.write, writes),
    ...of(Way.follow, follows),
  ]
}
