// graph/params: markers in parameters ($ref, $template, $secret, $literal): read, checked and replaced by values.
import { isPlainObject } from '../../model/codec/plainObject.js'
import type { PlanPath } from '../../model/fault/fault.js'
import { markerKeyOf, readMarker, type Marker } from './marker.js'

/** Parameters with markers in them, taken apart once: what an attempt makes its parameters from. */
export type ParamsTree =
  | Exclude<Marker, { readonly type: 'malformed' }>
  | { readonly type: 'fixed'; readonly value: unknown }
  | { readonly type: 'fields'; readonly value: unknown; readonly fields: ReadonlyMap<string, ParamsTree> }
  | { readonly type: 'items'; readonly value: unknown; readonly items: readonly ParamsTree[] }
  /** Its fault is known already: it is taken to fit anywhere. */
  | { readonly type: 'unusable' }

/** Told of each marker; answers whether it can be used. */
export type MarkerCheck = (marker: Marker, at: PlanPath) => boolean

/** Takes a value apart; undefined when there is no marker in it. Depth is bounded: a plan has at most 64 levels. */
export function paramsTreeOf(value: unknown, at: PlanPath, check: MarkerCheck): ParamsTree | undefined {
  if (Array.isArray(value)) return listTree(value, at, check)
  if (!isPlainObject(value)) return undefined
  const key = markerKeyOf(value)
  if (key !== undefined) {
    const marker = readMarker(value, key)
    const usable = check(marker, [...at, key])
    return usable && marker.type !== 'malformed' ? marker : { type: 'unusable' }
  }
  const found = treesIn(Object.keys(value), (name) => value[name], at, check)
  if (found === undefined) return undefined
  return { type: 'fields', value, fields: new Map(Object.keys(value).map((name) => [name, found.get(name) ?? fixed(value[name])])) }
}

function listTree(value: readonly unknown[], at: PlanPath, check: MarkerCheck): ParamsTree | undefined {
  const found = treesIn(value.keys(), (position) => value[position], at, check)
  return found && { type: 'items', value, items: value.map((member, position) => found.get(position) ?? fixed(member)) }
}

// Most of what a plan gives its operations holds no marker: nothing is made for it.
function treesIn<K extends string | number>(keys: Iterable<K>, member: (key: K) => unknown, at: PlanPath, check: MarkerCheck) {
  let found: Map<K, ParamsTree> | undefined
  for (const key of keys) {
    const value = member(key)
    if (typeof value !== 'object' || value === null) continue
    const tree = paramsTreeOf(value, [...at, key], check)
    if (tree !== undefined) (found ??= new Map<K, ParamsTree>()).set(key, tree)
  }
  return found
}

function fixed(value: unknown): ParamsTree {
  return { type: 'fixed', value }
}
