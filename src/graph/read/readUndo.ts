import type { PlanPath } from '../../model/fault/fault.js'
import type { FaultList } from '../../model/fault/faultList.js'
import { operationName, type OperationType } from '../../model/operationType.js'
import type { Undo } from '../../model/plan.js'
import { quoteText } from '../../model/fault/quote.js'
import type { PlanSources, PlanUndo } from '../operations/compiledOperation.js'
import { readParams } from './readParams.js'
import type { Inputs } from '../params/inputs.js'
import type { MarkerReader } from '../params/paramsTree.js'
import { isResultPath } from '../params/template.js'
import { referenceCheck, type Referrer } from '../params/referenceCheck.js'
import type { TypeFinder } from './typeFinder.js'

/** Reads an undo. What other operations gave may be long forgotten by then: it may refer to its own operation alone. */
export function readUndo(
  { type, operation, params }: Undo,
  setting: {
    readonly at: PlanPath
    readonly own: { readonly id: string; readonly operationType: OperationType | undefined; readonly items: Referrer['items'] }
    readonly inputs: Inputs
    readonly findType: TypeFinder
    readonly planSources: () => PlanSources
    readonly faults: FaultList
  },
): PlanUndo | undefined {
  const { at, own, inputs, findType, planSources, faults } = setting
  const operationType = findType({ type, operation }, at, faults)
  const find = (id: string) => (id === own.id ? { index: 0, operationType: own.operationType, fallback: undefined } : undefined)
  const others = { find, ids: () => [own.id] }
  const ofOwn = referenceCheck({ when: 'success', operationType, others, inputs, items: own.items }, new Set(), faults)
  const check: MarkerReader['check'] = (marker, where) => {
    const pointers = marker.type === 'refer' ? [marker.pointer] : marker.type === 'template' ? marker.parts.filter(isResultPath) : []
    const foreign = pointers.find(({ id }) => id !== own.id)
    if (foreign === undefined) return ofOwn.check(marker, where)
    const reason = `an undo can refer only to the result of its own operation, ${quoteText(own.id)}, not to ${quoteText(foreign.id)}.`
    faults.push({ type: 'malformed-reference', at: where, reason, ...(operationType && { of: operationName(operationType) }) })
    return false
  }
  const read = readParams(params, operationType, {
    at: () => [...at, 'params'],
    reader: () => ({ scope: ofOwn.scope, check }),
    planSources,
    faults,
  })
  return operationType && read && { operationType, given: read.given }
}
