import { markerKeyOf, readMarker } from '../../graph/params/marker.js'
import type { MarkerScope } from '../../graph/params/markerScope.js'
import { valueAt, type ResultPath } from '../../graph/params/resultPath.js'
import { isResultPath, templateText } from '../../graph/params/template.js'
import { isPlainObject, setOwn } from '../../model/codec/plainObject.js'

/**
 * Parameters as a model without references would have to write them: each reference replaced by the value it stands for. A secret
 * stays the name of its variable; what is no value of another operation stays as it is written.
 */
export function resolvedParams(params: unknown, values: ReadonlyMap<string, unknown>): unknown {
  return resolve(params, values, ({ id, keys }) => valueAt(values.get(id), keys))
}

/** Ids of the operations that parameters refer to. */
export function idsReferred(params: unknown, values: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const ids = new Set<string>()
  resolve(params, values, ({ id }) => void ids.add(id))
  return ids
}

function resolve(params: unknown, values: ReadonlyMap<string, unknown>, follow: (path: ResultPath) => unknown): unknown {
  const fits = (id: string, keys: ResultPath['keys']): boolean => valueAt(values.get(id), keys) !== undefined
  const scope: MarkerScope = { names: { has: (id) => values.has(id), fits, declares: fits }, inputs: new Map(), items: true }
  const partOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(partOf)
    if (!isPlainObject(value)) return value
    const key = markerKeyOf(value)
    if (key === undefined) {
      const resolved = {}
      for (const [field, member] of Object.entries(value)) setOwn(resolved, field, partOf(member))
      return resolved
    }
    const marker = readMarker(value, key, scope)
    switch (marker.type) {
      case 'refer':
        return follow(marker.pointer) ?? marker.otherwise?.value
      case 'template':
        return marker.parts
          .map((part) => (typeof part === 'string' ? part : isResultPath(part) ? templateText(follow(part) ?? '') : `{{${textOf(part)}}}`))
          .join('')
      case 'secret':
        return marker.name
      case 'literal':
        return marker.value
      case 'item':
      case 'malformed':
        return value
    }
  }
  return partOf(params)
}

function textOf(part: { readonly text: string } | { readonly name: string }): string {
  return 'text' in part ? part.text : `$input.${part.name}`
}
