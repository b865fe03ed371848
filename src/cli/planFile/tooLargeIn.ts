import { beyondOperations } from '../../graph/read/envelope.js'
import { tooManyFields, tooManyLevels } from '../../graph/read/unfit.js'
import type { PlanFault, PlanPath } from '../../model/fault/fault.js'
import { planLimits } from '../../model/limits.js'
import { filePlaceAt } from './locateFaults.js'
import type { PlanSource } from './planSource.js'
import { keyAt, scanJson } from './scanJson.js'

/** What has more levels than this is not worth reading to its end. */
const mostLevels = 1_000

interface Container {
  readonly offset: number
  readonly isList: boolean
  /** How many members have begun. */
  members: number
  /** Of an object: where the key of the present one stands. */
  key: readonly [start: number, end: number]
}

/**
 * What passes a limit of plans in a long text of JSON, before it is parsed: the parser of the platform takes seconds for millions of brackets, or of
 * keys in one object.
 */
export function tooLargeIn(source: PlanSource): PlanFault | undefined {
  const { text } = source
  // A list alone is the operations of a plan.
  const above: PlanPath = text.trimStart().startsWith('[') ? ['operations'] : []
  const open: Container[] = []
  let offset = 0
  let found: PlanFault | undefined
  const pathOf = (levels: number): PlanPath => [
    ...above,
    ...open.slice(0, levels).map(({ isList, members, key: [start, end] }) => (isList ? members - 1 : keyAt(text, start, end))),
  ]
  scanJson(text, {
    key(start, end) {
      const around = open.at(-1)
      if (around !== undefined) around.key = [start, end]
    },
    value(start) {
      offset = start
      const around = open.at(-1)
      if (around !== undefined) around.members++
    },
    enter(isList) {
      open.push({ offset, isList, members: 0, key: [0, 0] })
      if (open.length <= mostLevels) return true
      const levels = planLimits.levels - above.length
      found = { ...tooManyLevels(pathOf(levels)), place: filePlaceAt(source, open[levels]!.offset) }
      return false
    },
    leave() {
      const left = open.pop()
      if (left === undefined || found !== undefined || left.members <= planLimits.fields) return
      const at = pathOf(Infinity)
      const fault = left.isList
        ? at.length === 1 && at[0] === 'operations'
          ? beyondOperations(left.members)
          : undefined
        : tooManyFields(at, left.members)
      found = fault && { ...fault, place: filePlaceAt(source, left.offset) }
    },
  })
  return found
}
