import type { CompiledOperation } from '../../model/graph.js'
import { placeBelow, type SecretPlace } from '../../model/secrets/secretPlaces.js'
import { eachSecretText } from '../../model/secrets/secretTexts.js'
import type { ParamsTree } from '../params/paramsTree.js'
import { isResultPath } from '../params/template.js'
import type { GivenParams, PlanSources, CompiledPlanOperation } from '../operations/compiledOperation.js'

/** Calls `tell` with every secret that an operation, its fallback or its undo is known to be given before it starts. */
export function eachSecretOf(operation: CompiledOperation, tell: (text: string) => void): void {
  const { secret, given, fallback, planUndo, extras } = operation as CompiledPlanOperation // All operations of a plan are.
  if (secret) {
    eachIn(given, tell)
    eachSecretText((extras.each?.extras.fallback ?? fallback)?.value, tell)
    if (extras.each?.items.type === 'list') eachSecretText(extras.each.items.list, tell)
  }
  const undo = extras.each?.extras.planUndo ?? planUndo
  if (undo !== undefined) eachIn(undo.given, tell)
}

function eachIn(given: GivenParams, tell: (text: string) => void): void {
  if (given.type === 'decoded') eachSecretText(given.params, tell)
  else eachInTree(given.tree, given.planSources, tell, 'open')
}

function eachInTree(tree: ParamsTree, sources: PlanSources, tell: (text: string) => void, place: SecretPlace): void {
  switch (tree.type) {
    case 'secret': {
      const value = tree.value ?? sources.secrets(tree.name)
      if (value !== undefined && value !== '') tell(value)
      return
    }
    case 'fixed':
    case 'literal':
      return eachSecretText(tree.value, tell, place)
    case 'fields':
      for (const [name, member] of tree.fields) eachInTree(member, sources, tell, placeBelow(place, name))
      return
    case 'items':
      for (const member of tree.items) eachInTree(member, sources, tell, place)
      return
    case 'refer':
      return eachSecretText(tree.otherwise?.value, tell, place)
    case 'template':
      for (const part of tree.parts) if (typeof part !== 'string' && !isResultPath(part) && part.type === 'secret') tell(part.value)
      break
    case 'item':
    case 'unusable':
  }
}
