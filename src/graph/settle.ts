import { setOwn } from '../model/codec/plainObject.js'
import type { Recipe } from './recipe.js'

/** The value a recipe makes when nothing in it has to wait for the run; undefined when something has. */
export function settle(recipe: Recipe): { readonly value: unknown } | undefined {
  switch (recipe.type) {
    case 'fixed':
    case 'literal':
      return { value: recipe.value }
    case 'fields': {
      const value = {}
      for (const [field, member] of recipe.fields) {
        const settled = settle(member)
        if (settled === undefined) return undefined
        setOwn(value, field, settled.value)
      }
      return { value }
    }
    case 'items': {
      const settled = recipe.items.map(settle)
      return settled.includes(undefined) ? undefined : { value: settled.map((item) => item?.value) }
    }
    case 'template':
      return recipe.parts.every((part) => typeof part === 'string') ? { value: recipe.parts.join('') } : undefined
    case 'refer':
    case 'secret':
    case 'unusable':
      return undefined
  }
}
