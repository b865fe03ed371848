import type { PlanPath } from '../model/fault.js'
import type { Recipe } from './recipe.js'

/** The marker a wrong value came from: the one on the way to `path`, else the first one below. */
export function blame(recipe: Recipe, path: PlanPath): Recipe | undefined {
  let found: Recipe | undefined = recipe
  for (const key of path) {
    if (found?.type === 'fields') found = found.fields.get(String(key))
    else if (found?.type === 'items') found = found.items[Number(key)]
    else break
  }
  return found && firstMarker(found)
}

function firstMarker(recipe: Recipe): Recipe | undefined {
  switch (recipe.type) {
    case 'refer':
    case 'template':
    case 'secret':
      return recipe
    case 'fields':
      return firstOf(recipe.fields.values())
    case 'items':
      return firstOf(recipe.items)
    case 'fixed':
    case 'literal':
    case 'unusable':
      return undefined
  }
}

function firstOf(recipes: Iterable<Recipe>): Recipe | undefined {
  for (const recipe of recipes) {
    const marker = firstMarker(recipe)
    if (marker !== undefined) return marker
  }
  return undefined
}
