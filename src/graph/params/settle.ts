import { setOwn } from '../../model/codec/plainObject.js'
import type { ParamsTree } from './paramsTree.js'

/** The value of a tree when nothing in it has to wait for the run; undefined when something has. */
export function settle(tree: ParamsTree): { readonly value: unknown } | undefined {
  switch (tree.type) {
    case 'fixed':
    case 'literal':
      return { value: tree.value }
    case 'fields': {
      const value = {}
      for (const [field, member] of tree.fields) {
        const settled = settle(member)
        if (settled === undefined) return undefined
        setOwn(value, field, settled.value)
      }
      return { value }
    }
    case 'items': {
      const settled = tree.items.map(settle)
      return settled.includes(undefined) ? undefined : { value: settled.map((item) => item?.value) }
    }
    case 'template':
      return tree.parts.every((part) => typeof part === 'string') ? { value: tree.parts.join('') } : undefined
    case 'refer':
    case 'item':
    case 'secret':
    case 'unusable':
      return undefined
  }
}
