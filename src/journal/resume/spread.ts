import { isRepeatable } from '../../graph/operations/isRepeatable.js'
import type { Graph } from '../../model/graph.js'
import type { GraphWays } from './graphWays.js'
import type { ResumeFault } from './resumeFault.js'
import type { ResumeVerdict } from './verdict.js'

/**
 * What follows for others from what is done again: what was skipped behind it may run now, services that it needs are started again, and
 * a value that it needs has to be whole. One that is not is made again if that may be done. Changes the verdicts, and gives the faults.
 */
export function spread(
  { operations, shared, services }: Graph,
  { next, before }: GraphWays,
  verdicts: ResumeVerdict[],
): readonly ResumeFault[] {
  const faults: ResumeFault[] = []
  const blamed = new Set<number>()
  const open: number[] = []
  verdicts.forEach((verdict, index) => {
    // What was given as done lets run what was skipped because it had failed.
    if (verdict.type === 'again' || verdict.type === 'interrupted' || isGiven(verdict)) open.push(index)
  })

  const turn = (index: number): void => {
    verdicts[index] = { type: 'again' }
    open.push(index)
  }
  const need = (source: number, neededBy: number): void => {
    const verdict = verdicts[source]!
    if (verdict.type !== 'known' || verdict.outcome.type !== 'succeeded') return
    if (operations[source]!.service === true) return // It is started again.
    const { masked, lossy } = verdict.outcome
    if (masked !== true && lossy !== true) return
    if (isRepeatable(operations[source]!)) return turn(source)
    if (blamed.has(source)) return
    blamed.add(source)
    faults.push({
      type: 'masked',
      id: operations[source]!.id,
      neededBy: operations[neededBy]!.id,
      because: masked === true ? 'masked' : 'lossy',
    })
  }

  const spreadOpen = (): void => {
    for (let index = open.pop(); index !== undefined; index = open.pop()) spreadFrom(index)
  }
  const spreadFrom = (index: number): void => {
    const read = shared.get(index)
    if (!isGiven(verdicts[index]!))
      for (const source of [...operations[index]!.sources, ...(read === undefined ? [] : [read])]) need(source, index)
    for (const target of next(index)) if (verdicts[target]!.type === 'as-it-was') turn(target)
  }

  spreadOpen()
  // Those that are started again may need others, and so on.
  for (let more = services.length > 0; more;) {
    const needed = before(verdicts.flatMap(({ type }, index) => (type === 'again' || type === 'interrupted' ? [index] : [])))
    for (const index of services) if (needed.has(index) && isEnded(verdicts[index]!)) turn(index)
    more = open.length > 0
    spreadOpen()
  }
  return faults
}

/** A service that ended well, since nothing needed it any more. */
function isEnded(verdict: ResumeVerdict): boolean {
  return verdict.type === 'known' && verdict.outcome.type === 'succeeded' && verdict.given !== true
}

function isGiven(verdict: ResumeVerdict): boolean {
  return verdict.type === 'known' && verdict.given === true
}
