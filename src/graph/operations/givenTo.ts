import { setOwn } from '../../model/codec/plainObject.js'
import type { OperationNeeds } from '../../model/code/operation.js'
import type { Results } from '../../model/graph.js'
import type { When } from '../../model/plan.js'

/** What a function is given of the operations that it needs: their values, or their outcomes when it starts whatever those are. */
export function givenTo(
  needs: OperationNeeds,
  indexes: readonly number[],
  when: When,
  results: Results,
): Readonly<Record<string, unknown>> {
  const given: Record<string, unknown> = {}
  if (indexes.length > 0)
    Object.keys(needs).forEach((name, place) => {
      const index = indexes[place]!
      setOwn(given, name, when === 'success' ? results.get(index) : results.outcome(index))
    })
  return given
}
