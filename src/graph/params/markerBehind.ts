import type { PlanPath } from '../../model/fault/fault.js'
import type { ParamsTree } from './paramsTree.js'

/** The marker a wrong value came from: the one on the way to `path`, else the first one below. */
export function markerBehind(tree: ParamsTree, path: PlanPath): ParamsTree | undefined {
  let found: ParamsTree | undefined = tree
  for (const key of path) {
    if (found?.type === 'fields') found = found.fields.get(String(key))
    else if (found?.type === 'items') found = found.items[Number(key)]
    else break
  }
  return found && firstMarker(found)
}

function firstMarker(tree: ParamsTree): ParamsTree | undefined {
  switch (tree.type) {
    case 'refer':
    case 'item':
    case 'template':
    case 'secret':
      return tree
    case 'fields':
      return firstOf(tree.fields.values())
    case 'items':
      return firstOf(tree.items)
    case 'fixed':
    case 'literal':
    case 'unusable':
      return undefined
  }
}

function firstOf(trees: Iterable<ParamsTree>): ParamsTree | undefined {
  for (const tree of trees) {
    const marker = firstMarker(tree)
    if (marker !== undefined) return marker
  }
  return undefined
}
