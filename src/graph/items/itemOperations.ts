import type { Results } from '../../model/graph.js'
import { OperationFailure } from '../../model/operationError.js'
import {
  CompiledItem,
  type CompiledPlanOperation,
  type EachItem,
  type GivenParams,
  type OperationExtras,
} from '../operations/compiledOperation.js'
import type { AttemptContext } from '../../model/work.js'
import { makeParams } from '../operations/startOperation.js'
import type { OperationType } from '../../model/operationType.js'

/** Where items get what their parameters refer to. */
export interface ItemSetting {
  readonly context: Pick<AttemptContext, 'redact'>
  readonly results: Results
}

/** The operations of a whole, one for each item, each given what it would be given if it stood in the plan. */
export function itemOperations(
  whole: CompiledPlanOperation,
  each: EachItem,
  list: readonly unknown[],
  setting: ItemSetting,
): readonly CompiledItem[] {
  const { extras } = each
  const kind = each.kind.priority === whole.priority ? each.kind : { ...each.kind, priority: whole.priority }
  return list.map((item, place) => {
    const given = decodedIfItFits(kind.operationType, givenItem(whole.given, item), setting)
    return new CompiledItem(`${whole.id}[${place}]`, kind, given, extrasFor(extras, item), whole.id)
  })
}

function givenItem(given: GivenParams, item: unknown): GivenParams {
  if (given.type === 'decoded') return given
  return { ...given, planSources: { ...given.planSources, item: { value: item } } }
}

/** What items touch orders them, so that it must be known before they start. One that does not fit says so when it is attempted. */
function decodedIfItFits(operationType: OperationType, given: GivenParams, { context, results }: ItemSetting): GivenParams {
  if (given.type === 'decoded') return given
  try {
    return { type: 'decoded', params: makeParams(operationType, given, context, results) }
  } catch (thrown) {
    if (thrown instanceof OperationFailure) return given
    throw thrown
  }
}

function extrasFor(extras: OperationExtras, item: unknown): OperationExtras {
  const { planUndo } = extras
  return planUndo === undefined ? extras : { ...extras, planUndo: { ...planUndo, given: givenItem(planUndo.given, item) } }
}
