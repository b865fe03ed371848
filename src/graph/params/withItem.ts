import type { ParamsTree } from './paramsTree.js'
import { valueAt } from './resultPath.js'
import { templateText } from './template.js'

/** A tree of parameters for one item. What the item does not have stays open, and fails the attempt of that item. */
export function withItem(tree: ParamsTree, item: unknown): ParamsTree {
  switch (tree.type) {
    case 'item': {
      const value = valueAt(item, tree.keys)
      return value === undefined ? tree : { type: 'fixed', value }
    }
    case 'template': {
      const parts = tree.parts.map((part) => {
        const value = typeof part !== 'string' && 'type' in part && part.type === 'item' ? valueAt(item, part.keys) : undefined
        return value === undefined ? part : templateText(value)
      })
      return { type: 'template', parts }
    }
    case 'fields':
      return { ...tree, fields: new Map([...tree.fields].map(([field, member]) => [field, withItem(member, item)])) }
    case 'items':
      return { ...tree, items: tree.items.map((member) => withItem(member, item)) }
    case 'refer':
    case 'secret':
    case 'literal':
    case 'fixed':
    case 'unusable':
      return tree
  }
}
