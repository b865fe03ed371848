// graph/params: markers in parameters ($ref, $template, $secret, $input, $item, $literal): read, checked and replaced by values.
import { isPlainObject } from '../../model/codec/plainObject.js'
import type { PlanPath } from '../../model/fault/fault.js'
import type { MarkerScope } from './markerScope.js'
import { markerKeyOf, readMarker, type Marker } from './marker.js'

/** Parameters with markers in them, taken apart once: what an attempt makes its parameters from. */
export type ParamsTree =
  | Exclude<Marker, { readonly type: 'malformed' }>
  | { readonly type: 'fixed'; readonly value: unknown }
  | { readonly type: 'fields'; readonly value: unknown; readonly fields: ReadonlyMap<string, ParamsTree> }
  | { readonly type: 'items'; readonly value: unknown; readonly items: readonly ParamsTree[] }
  /** Its fault is known already: it is taken to fit anywhere. */
  | { readonly type: 'unusable' }

/** Reads the markers of one operation. */
export interface MarkerReader {
  readonly scope: MarkerScope
  /** Told of each marker; answers whether it can be used. */
  readonly check: (marker: Marker, at: PlanPath) => boolean
}

/** Takes a value apart; undefined when there is no marker in it. Depth is bounded: a plan has at most 64 levels. */
export function paramsTreeOf(value: unknown, at: PlanPath, reader: MarkerReader): ParamsTree | undefined {
  if (Array.isArray(value)) return listTree(value, at, reader)
  if (!isPlainObject(value)) return undefined
  const key = markerKeyOf(value)
  if (key !== undefined) {
    const marker = readMarker(value, key, reader.scope)
    const usable = reader.check(marker, [...at, key])
    return usable && marker.type !== 'malformed' ? marker : { type: 'unusable' }
  }
  const found = treesIn(Object.keys(value), (name) => value[name], at, reader)
  if (found === undefined) return undefined
  return { type: 'fields', value, fields: new Map(Object.keys(value).map((name) => [name, found.get(name) ?? fixed(value[name])])) }
}

function listTree(value: readonly unknown[], at: PlanPath, reader: MarkerReader): ParamsTree | undefined {
  const found = treesIn(value.keys(), (position) => value[position], at, reader)
  return found && { type: 'items', value, items: value.map((member, position) => found.get(position) ?? fixed(member)) }
}

// Most of what a plan gives its operations holds no marker: nothing is made for it.
function treesIn<K extends string | number>(keys: Iterable<K>, member: (key: K) => unknown, at: PlanPath, reader: MarkerReader) {
  let found: Map<K, ParamsTree> | undefined
  for (const key of keys) {
    const value = member(key)
    if (typeof value !== 'object' || value === null) continue
    const tree = paramsTreeOf(value, [...at, key], reader)
    if (tree !== undefined) (found ??= new Map<K, ParamsTree>()).set(key, tree)
  }
  return found
}

function fixed(value: unknown): ParamsTree {
  return { type: 'fixed', value }
}
