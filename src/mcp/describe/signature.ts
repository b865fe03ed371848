import type * as t from 'io-ts'
import type { Closed } from '../../model/codec/closed.js'
import { shapeOf } from '../../model/codec/shape.js'

/** What an operation is given, in a few letters: `{path,content,encoding?,edits[{find,replace}]}`. */
export function signatureOf(params: t.Mixed, mostOptional = Infinity): string {
  const shape = shapeOf(params)
  switch (shape?._tag) {
    case 'ClosedType':
      return fields(shape, mostOptional)
    case 'WithSchema':
      return fromSchema(shape.schema, mostOptional)
    case 'ListType':
    case 'DictionaryOfType':
    case 'AnyOfType':
    case undefined:
      return '{…}'
  }
}

function fields({ required, optional }: Closed<t.Props, t.Props>, mostOptional: number): string {
  const names = Object.keys(optional)
  const shown = names.slice(0, mostOptional)
  return braced([
    ...Object.entries(required).map(([name, codec]) => `${name}${kindOf(codec)}`),
    ...shown.map((name) => `${name}?`),
    ...(names.length > shown.length ? ['…'] : []),
  ])
}

/** What tells a list or an object from text, which most fields are. */
function kindOf(codec: t.Mixed): string {
  const shape = shapeOf(codec)
  switch (shape?._tag) {
    case 'ListType': {
      const item = shapeOf(shape.item)
      return item?._tag === 'ClosedType' ? `[${fields(item, Infinity)}]` : '[]'
    }
    case 'ClosedType':
      return fields(shape, Infinity)
    case 'DictionaryOfType':
      return '{}'
    case 'WithSchema':
    case 'AnyOfType':
    case undefined:
      return ''
  }
}

function fromSchema({ properties, required }: { readonly [keyword: string]: unknown }, mostOptional: number): string {
  if (typeof properties !== 'object' || properties === null) return '{…}'
  const needed = new Set<unknown>(Array.isArray(required) ? required : [])
  const names = Object.keys(properties)
  const optional = names.filter((name) => !needed.has(name))
  const shown = optional.slice(0, mostOptional)
  return braced([
    ...names.filter((name) => needed.has(name)),
    ...shown.map((name) => `${name}?`),
    ...(optional.length > shown.length ? ['…'] : []),
  ])
}

function braced(parts: readonly string[]): string {
  return `{${parts.join(',')}}`
}
