import type * as t from 'io-ts'
import { fieldOf, fieldNamesOf, shapeOf } from '../../model/codec/shape.js'
import { leafOfSchema, type LeafOfSchema } from '../../model/codec/leafOfSchema.js'
import type { WithSchema } from '../../model/codec/withSchema.js'
import { positionOf } from './resultPath.js'

/** A key that no value of a codec has, and those it may have. */
export interface UnknownResultPath {
  readonly key: string
  readonly known: readonly string[]
}

/** Follows keys through a result's codec; answers the first that leads nowhere, undefined when all may lead somewhere. */
export function unknownResultPath(codec: t.Mixed, keys: readonly (string | number)[]): UnknownResultPath | undefined {
  const [key, ...rest] = keys
  if (key === undefined) return undefined
  const shape = shapeOf(codec)
  if (shape === undefined) return undefined
  switch (shape._tag) {
    case 'ClosedType': {
      const field = fieldOf(shape, key)
      return field === undefined ? { key: String(key), known: fieldNamesOf(shape) } : unknownResultPath(field, rest)
    }
    case 'ListType':
      return positionOf(key) === undefined ? { key: String(key), known: [] } : unknownResultPath(shape.item, rest)
    case 'DictionaryOfType':
      return unknownResultPath(shape.item, rest)
    case 'AnyOfType': {
      const missing = shape.members.map((member) => unknownResultPath(member, keys))
      if (missing.includes(undefined)) return undefined
      return { key: missing[0]?.key ?? String(key), known: [...new Set(missing.flatMap((leaf) => leaf?.known ?? []))] }
    }
    case 'WithSchema':
      return hasMembers(shape) ? unknownInSchema(shape.schema, keys) : { key: String(key), known: [] }
  }
}

/** The first of these keys that a value of a codec may lack, by what the codec says of it; undefined where it says nothing of that kind. */
export function optionalKey(codec: t.Mixed, keys: readonly (string | number)[]): string | undefined {
  const [key, ...rest] = keys
  const shape = key === undefined ? undefined : shapeOf(codec)
  switch (shape?._tag) {
    case 'ClosedType': {
      const needed = Object.hasOwn(shape.required, key!)
      const field = needed ? shape.required[key!] : shape.optional[key!]
      return needed && field !== undefined ? optionalKey(field, rest) : String(key)
    }
    case 'ListType':
    case 'DictionaryOfType':
      return optionalKey(shape.item, rest)
    case 'WithSchema':
      return optionalInSchema(shape.schema, keys)
    case 'AnyOfType':
    case undefined:
      return undefined
  }
}

/** The codec of what stands at these keys; undefined where it is not known, or there is no such thing. */
export function resultCodecAt(codec: t.Mixed, [key, ...rest]: readonly (string | number)[]): t.Mixed | undefined {
  if (key === undefined) return codec
  const shape = shapeOf(codec)
  switch (shape?._tag) {
    case 'ClosedType': {
      const field = fieldOf(shape, key)
      return field && resultCodecAt(field, rest)
    }
    case 'ListType':
    case 'DictionaryOfType':
      return resultCodecAt(shape.item, rest)
    case 'AnyOfType':
    case 'WithSchema':
    case undefined:
      return undefined
  }
}

/** Whether a codec names the first of these keys and the others may follow. A codec of any value names none. */
export function declaresPath(codec: t.Mixed, [key, ...rest]: readonly (string | number)[]): boolean {
  if (key === undefined) return true
  const shape = shapeOf(codec)
  switch (shape?._tag) {
    case 'ClosedType': {
      const field = fieldOf(shape, key)
      return field !== undefined && unknownResultPath(field, rest) === undefined
    }
    case 'ListType':
      return positionOf(key) !== undefined && declaresPath(shape.item, rest)
    case 'AnyOfType':
      return shape.members.some((member) => declaresPath(member, [key, ...rest]))
    case 'DictionaryOfType':
    case 'WithSchema':
    case undefined:
      return false
  }
}

const plain: ReadonlySet<unknown> = new Set(['string', 'number', 'integer', 'boolean', 'null'])

function hasMembers({ schema }: WithSchema<unknown>): boolean {
  return !plain.has(schema['type']) && !('enum' in schema) && !('const' in schema)
}

function unknownInSchema(schema: unknown, keys: readonly (string | number)[]): UnknownResultPath | undefined {
  const found = throughSchema(schema, keys).find(({ leaf }) => leaf.type === 'never')
  return found?.leaf.type === 'never' ? { key: String(found.key), known: found.leaf.known } : undefined
}

function optionalInSchema(schema: unknown, keys: readonly (string | number)[]): string | undefined {
  const found = throughSchema(schema, keys).find(({ leaf }) => leaf.type === 'maybe')
  return found && String(found.key)
}

/** What a schema says of each of these keys, as far as it says anything. */
function throughSchema(
  schema: unknown,
  keys: readonly (string | number)[],
): readonly { readonly key: string | number; readonly leaf: LeafOfSchema }[] {
  const steps: { readonly key: string | number; readonly leaf: LeafOfSchema }[] = []
  let at = schema
  for (const key of keys) {
    const leaf = leafOfSchema(at, key)
    steps.push({ key, leaf })
    if (leaf.type === 'never' || leaf.type === 'unsaid') break
    at = leaf.schema
  }
  return steps
}
