import type * as t from 'io-ts'
import type { Closed } from './closed.js'
import type { AnyOf, RecordOf, ArrayOf } from './collections.js'
import type { WithSchema } from './withSchema.js'

/** The codecs this library can look into: every walk (schema, loosened check, leaf look-up) is a switch over these. */
export type Shape = WithSchema<unknown> | Closed<t.Props, t.Props> | ArrayOf<t.Mixed> | RecordOf<t.Mixed> | AnyOf<readonly t.Mixed[]>

const tags: ReadonlySet<unknown> = new Set([
  'WithSchema',
  'ClosedType',
  'ListType',
  'DictionaryOfType',
  'AnyOfType',
] satisfies Shape['_tag'][])

/** The codec of a field; undefined where there is no such field. */
export function fieldOf({ required, optional }: Closed<t.Props, t.Props>, field: string | number): t.Mixed | undefined {
  return Object.hasOwn(required, field) ? required[field] : Object.hasOwn(optional, field) ? optional[field] : undefined
}

/** The names of all fields. */
export function fieldNamesOf({ required, optional }: Closed<t.Props, t.Props>): readonly string[] {
  return Object.keys({ ...required, ...optional })
}

/** The codec as one of the known shapes, or undefined for a foreign one. */
export function shapeOf(codec: t.Mixed): Shape | undefined {
  return '_tag' in codec && tags.has(codec._tag) ? (codec as unknown as Shape) : undefined
}
