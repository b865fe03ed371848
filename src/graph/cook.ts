import { setOwn } from '../model/codec/plainObject.js'
import type { PlanPath } from '../model/fault.js'
import type { Results } from '../model/graph.js'
import { quoteText, showName } from '../model/quote.js'
import { invalidParams } from './invalidParams.js'
import { firstMissing, valueAt, type Pointer } from './pointer.js'
import type { Recipe } from './recipe.js'
import { templateText } from './template.js'

/** Where an attempt finds what markers stand for. */
export interface Larder {
  readonly results: Results
  /** The index of an operation by its id. */
  readonly indexOf: (id: string) => number | undefined
  readonly secrets: (name: string) => string | undefined
}

/** Makes the value of a recipe. Throws the failure of an attempt when something it stands for is not there. */
export function cook(recipe: Recipe, larder: Larder, at: PlanPath = []): unknown {
  switch (recipe.type) {
    case 'fixed':
    case 'literal':
      return recipe.value
    case 'fields': {
      const value = {}
      for (const [field, member] of recipe.fields) setOwn(value, field, cook(member, larder, [...at, field]))
      return value
    }
    case 'items':
      return recipe.items.map((member, position) => cook(member, larder, [...at, position]))
    case 'refer': {
      const found = follow(recipe.pointer, larder)
      if (found !== undefined) return found
      if (recipe.otherwise === undefined) throw nothingThere(recipe.pointer, larder, at)
      return recipe.otherwise.value
    }
    case 'template':
      return recipe.parts
        .map((part) => (typeof part === 'string' ? part : templateText(follow(part, larder) ?? absent(part, larder, at))))
        .join('')
    case 'secret':
      return secret(recipe.name, larder, at)
    case 'unusable':
      throw new Error('A plan with a malformed reference was started.')
  }
}

function follow(pointer: Pointer, { results, indexOf }: Larder): unknown {
  const index = indexOf(pointer.id)
  return index !== undefined && results.has(index) ? valueAt(results.get(index), pointer.keys) : undefined
}

function absent(pointer: Pointer, larder: Larder, at: PlanPath): never {
  throw nothingThere(pointer, larder, at)
}

function nothingThere(pointer: Pointer, { results, indexOf }: Larder, at: PlanPath): Error {
  const { id, keys, text } = pointer
  const index = indexOf(id)
  const missing = index !== undefined && results.has(index) ? firstMissing(results.get(index), keys) : undefined
  const why =
    missing === undefined
      ? `${quoteText(id)} has no result`
      : `the result of ${quoteText(id)} has no ${quoteText(missing.key)}${missing.known.length > 0 ? `; there it has: ${missing.known.slice(0, 12).map(showName).join(', ')}` : ''}`
  return invalidParams(
    at,
    `the reference ${quoteText(text)} leads to nothing: ${why}.\nRefer to what is always there, or give a "default".`,
    text,
  )
}

function secret(name: string, { results, secrets }: Larder, at: PlanPath): string {
  const value = secrets(name)
  if (value === undefined)
    throw invalidParams(at, `the environment has no variable ${quoteText(name)}.\nSet it where the run is started.`, name)
  if (value !== '') results.conceal(value)
  return value
}
