import { markerKeyOf, readMarker } from '../../graph/params/marker.js'
import { valueAt, type ResultPath } from '../../graph/params/resultPath.js'
import { templateText } from '../../graph/params/template.js'
import { isPlainObject, setOwn } from '../../model/codec/plainObject.js'

/**
 * Parameters as a model without references would have to write them: each reference replaced by the value it stands for. A secret
 * stays the name of its variable.
 */
export function resolvedParams(params: unknown, valueOf: (id: string) => unknown): unknown {
  const follow = ({ id, keys }: ResultPath): unknown => valueAt(valueOf(id), keys)
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve)
    if (!isPlainObject(value)) return value
    const key = markerKeyOf(value)
    if (key === undefined) {
      const resolved = {}
      for (const [field, member] of Object.entries(value)) setOwn(resolved, field, resolve(member))
      return resolved
    }
    const marker = readMarker(value, key)
    switch (marker.type) {
      case 'refer':
        return follow(marker.pointer) ?? marker.otherwise?.value
      case 'template':
        return marker.parts.map((part) => (typeof part === 'string' ? part : templateText(follow(part) ?? ''))).join('')
      case 'secret':
        return marker.name
      case 'literal':
        return marker.value
      case 'malformed':
        return value
    }
  }
  return resolve(params)
}

/** Ids of the operations that parameters refer to. */
export function idsReferred(params: unknown): ReadonlySet<string> {
  const ids = new Set<string>()
  resolvedParams(params, (id) => void ids.add(id))
  return ids
}
