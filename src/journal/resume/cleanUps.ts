import type { Graph } from '../../model/graph.js'
import type { GraphWays } from './graphWays.js'
import type { ResumeFault } from './resumeFault.js'
import type { LoggedState, RunState } from './runState.js'
import type { ResumeVerdict } from './verdict.js'

/** A fault names at most this many operations. */
const mostNamed = 20

/**
 * Clean-ups that have run behind something that is done again: a server was stopped that would be needed, and nobody but its plan's
 * author knows. Not those that were chosen to be done again, or whose result was given.
 */
export function cleanUpFaults(
  { operations }: Graph,
  ways: GraphWays,
  { operations: states }: RunState,
  verdicts: readonly ResumeVerdict[],
): readonly ResumeFault[] {
  const runs = (index: number): boolean => isLeft(verdicts[index]!)
  const cleanUps = operations.flatMap(({ id, when }, index) =>
    when !== 'success' && hasRun(states.get(id)) && !isChosen(verdicts[index]!) ? [index] : [],
  )
  if (cleanUps.length === 0) return []
  const behind = ways.behind(verdicts.flatMap((verdict, index) => (isLeft(verdict) ? [index] : [])))
  return cleanUps
    .filter((index) => behind.has(index))
    .map((index) => {
      const before = [...ways.before([index])].sort((a, b) => a - b)
      const again = before.filter(runs)
      const name = (index: number): string => operations[index]!.id
      return {
        type: 'cleaned-up',
        id: name(index),
        again: again.slice(0, mostNamed).map(name),
        from: startsFor(again, before, ways).map(name),
      }
    })
}

/** Where to start instead: at what was done before all of it, and else at what is done again itself. */
function startsFor(again: readonly number[], before: readonly number[], ways: GraphWays): readonly number[] {
  const needed = ways.before(again)
  const left = new Set(again)
  const shared = before.filter((index) => needed.has(index) && !left.has(index))
  return (shared.length > 0 ? shared : again).slice(0, mostNamed)
}

function isLeft({ type }: ResumeVerdict): boolean {
  return type === 'again' || type === 'interrupted'
}

function isChosen(verdict: ResumeVerdict): boolean {
  return (verdict.type === 'again' && verdict.chosen === true) || (verdict.type === 'known' && verdict.given === true)
}

/** Whether it did anything. */
function hasRun(state: LoggedState | undefined): boolean {
  switch (state?.type) {
    case 'succeeded':
    case 'failed':
    case 'open':
      return true
    case 'cancelled':
      return state.attempts > 0
    case 'waiting':
    case 'skipped':
    case 'undone':
    case undefined:
      return false
  }
}
