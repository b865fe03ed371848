import { isPlainObject } from '../model/codec/plainObject.js'
import type { PlanPath } from '../model/fault.js'
import { markerKeyOf, readMarker, type Marker } from './marker.js'

/** Parameters with markers in them, taken apart once: what an attempt makes its parameters from. */
export type Recipe =
  | Exclude<Marker, { readonly type: 'malformed' }>
  | { readonly type: 'fixed'; readonly value: unknown }
  | { readonly type: 'fields'; readonly value: unknown; readonly fields: ReadonlyMap<string, Recipe> }
  | { readonly type: 'items'; readonly value: unknown; readonly items: readonly Recipe[] }
  /** Its fault is known already: it is taken to fit anywhere. */
  | { readonly type: 'unusable' }

/** Told of each marker; answers whether it can be used. */
export type MarkerCheck = (marker: Marker, at: PlanPath) => boolean

/** Takes a value apart; undefined when there is no marker in it. Depth is bounded: a plan has at most 64 levels. */
export function recipeOf(value: unknown, at: PlanPath, check: MarkerCheck): Recipe | undefined {
  if (Array.isArray(value)) return listRecipe(value, at, check)
  if (!isPlainObject(value)) return undefined
  const key = markerKeyOf(value)
  if (key !== undefined) {
    const marker = readMarker(value, key)
    const usable = check(marker, [...at, key])
    return usable && marker.type !== 'malformed' ? marker : { type: 'unusable' }
  }
  const found = recipesIn(Object.keys(value), (name) => value[name], at, check)
  if (found === undefined) return undefined
  return { type: 'fields', value, fields: new Map(Object.keys(value).map((name) => [name, found.get(name) ?? fixed(value[name])])) }
}

function listRecipe(value: readonly unknown[], at: PlanPath, check: MarkerCheck): Recipe | undefined {
  const found = recipesIn(value.keys(), (position) => value[position], at, check)
  return found && { type: 'items', value, items: value.map((member, position) => found.get(position) ?? fixed(member)) }
}

// Most of what a plan gives its operations holds no marker: nothing is made for it.
function recipesIn<K extends string | number>(keys: Iterable<K>, member: (key: K) => unknown, at: PlanPath, check: MarkerCheck) {
  let found: Map<K, Recipe> | undefined
  for (const key of keys) {
    const value = member(key)
    if (typeof value !== 'object' || value === null) continue
    const recipe = recipeOf(value, [...at, key], check)
    if (recipe !== undefined) (found ??= new Map<K, Recipe>()).set(key, recipe)
  }
  return found
}

function fixed(value: unknown): Recipe {
  return { type: 'fixed', value }
}
