import * as t from 'io-ts'
import type { JsonSchema } from './jsonSchema.js'

/** A codec for a plain value that carries its own JSON Schema. Its name reads as "expected NAME". */
export interface WithSchema<A> extends t.Type<A, A, unknown> {
  readonly _tag: 'WithSchema'
  readonly schema: JsonSchema
}

export function withSchema<A>(name: string, schema: JsonSchema, is: (value: unknown) => value is A): WithSchema<A> {
  const codec = new t.Type<A, A, unknown>(
    name,
    is,
    (value, context) => (is(value) ? t.success(value) : t.failure(value, context)),
    t.identity,
  )
  return Object.assign(codec, { _tag: 'WithSchema' as const, schema })
}
