import type * as t from 'io-ts'
import { noEffects, type Foreseen } from '../../model/effects.js'
import type { OperationType } from '../../model/operationType.js'
import { foreseenParams } from '../params/foreseenParams.js'
import { withItem } from '../params/withItem.js'
import type { CompiledPlanOperation, GivenParams } from '../operations/compiledOperation.js'
import { accessesOf, untouched, type Access } from './access.js'

/** What an operation touches, as far as that is known before it starts. */
export function touchedBy({ operationType, given, extras }: CompiledPlanOperation): readonly Access[] {
  if (operationType.effects === noEffects) return untouched
  const { each } = extras
  if (each === undefined) return touchedWith(operationType, given)
  // Which of its items touches what is nobody else's affair: others keep their place before or behind the whole.
  const { items } = each
  const touched =
    items.type === 'list' && given.type === 'unresolved'
      ? items.list.flatMap((item) => touchedWith(operationType, { ...given, tree: withItem(given.tree, item) }))
      : touchedWith(operationType, given)
  return touched.map((access) => ({ ...access, exact: false }))
}

function touchedWith(operationType: OperationType, given: GivenParams): readonly Access[] {
  const params = given.type === 'decoded' ? given.params : foreseenParams(operationType.params as t.Mixed, given.tree)
  // Decoded by the type's own codec, or the fields of it that are known.
  return accessesOf(operationType.effects(params as Foreseen<unknown>))
}
