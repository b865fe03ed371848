import type { CompiledOperation } from '../../model/graph.js'
import { eachSecretText, isSecretField } from '../../model/secretFields.js'
import type { ParamsTree } from '../params/paramsTree.js'
import type { GivenParams, PlanSources, CompiledPlanOperation } from '../operations/compiledOperation.js'

/** Calls `tell` with every secret that a task, or its undo, is known to be given before it starts. */
export function eachSecretOf(task: CompiledOperation, tell: (text: string) => void): void {
  const { secret, given, planUndo } = task as CompiledPlanOperation // All tasks of a plan are.
  if (secret) eachIn(given, tell)
  if (planUndo !== undefined) eachIn(planUndo.given, tell)
}

function eachIn(given: GivenParams, tell: (text: string) => void): void {
  if (given.type === 'decoded') eachSecretText(given.params, tell)
  else eachInTree(given.tree, given.planSources, tell, false)
}

function eachInTree(tree: ParamsTree, sources: PlanSources, tell: (text: string) => void, under: boolean): void {
  switch (tree.type) {
    case 'secret': {
      const value = sources.secrets(tree.name)
      if (value !== undefined && value !== '') tell(value)
      return
    }
    case 'fixed':
    case 'literal':
      return eachSecretText(tree.value, tell, under)
    case 'fields':
      for (const [name, member] of tree.fields) eachInTree(member, sources, tell, under || isSecretField(name))
      return
    case 'items':
      for (const member of tree.items) eachInTree(member, sources, tell, under)
      break
    case 'refer':
    case 'template':
    case 'unusable':
  }
}
