// model/codec: io-ts codecs that name unknown fields and carry their JSON Schema.
import type { Either } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { ErrorList } from './errorList.js'
import { isPlainObject, own, setOwn, type PlainObject } from './plainObject.js'
import type { Problem, ProblemError } from './problem.js'

/** The type a closed codec decodes to: required fields, then optional ones. */
export type ClosedValue<R extends t.Props, O extends t.Props> = { readonly [K in keyof R]: t.TypeOf<R[K]> } & {
  readonly [K in keyof O]?: t.TypeOf<O[K]>
}

/** A codec for an object with exactly the fields named. */
export interface Closed<R extends t.Props, O extends t.Props> extends t.Type<ClosedValue<R, O>, unknown, unknown> {
  readonly _tag: 'ClosedType'
  readonly required: R
  readonly optional: O
  /** Fields whose names begin with it can hold anything, and are ignored. */
  readonly ignored: string | undefined
}

/**
 * Makes a codec for an object with the required fields, optionally the optional ones, and no others.
 *
 * With `ignored`, fields whose names begin with it can hold anything.
 *
 * io-ts drops unknown fields silently, even with `exact` and `strict`; here each one is an error that lists the known fields.
 *
 * @example
 * ```ts
 * import { closed, text, integer } from 'millrace/codec'
 * const Point = closed('a point', { x: integer(), y: integer() }, { label: text() })
 * Point.decode({ x: 1, y: 2 })._tag // => 'Right'
 * Point.decode({ x: 1, y: 2, z: 3 })._tag // => 'Left'
 * ```
 * @since 0.1.0
 */
export function closed<R extends t.Props, O extends t.Props>(
  name: string,
  required: R,
  optional: O,
  { ignored }: { readonly ignored?: string } = {},
): Closed<R, O> {
  const codecs = new Map<string, t.Mixed>([...Object.entries(required), ...Object.entries(optional)])
  const known = [...codecs.keys()]
  const needed = Object.keys(required)

  const validate = (value: unknown, context: t.Context): t.Validation<ClosedValue<R, O>> => {
    if (!isPlainObject(value)) return t.failure(value, context)
    const errors = new ErrorList()
    let changed: Record<string, unknown> | undefined
    for (const key of Object.keys(value)) {
      const codec = codecs.get(key)
      if (codec === undefined) {
        if (ignored !== undefined && key.startsWith(ignored)) continue
        errors.push(problem(value[key], context, key, { type: 'unknown-field', field: key, known }))
        continue
      }
      const decoded: Either<t.Errors, unknown> = codec.validate(value[key], t.appendContext(context, key, codec, value[key]))
      if (decoded._tag === 'Left') errors.pushAll(decoded.left)
      else if (decoded.right !== value[key]) setOwn((changed ??= { ...value }), key, decoded.right)
    }
    for (const key of needed)
      if (!Object.hasOwn(value, key)) errors.push(problem(undefined, context, key, { type: 'missing-field', field: key, known }))
    // The fields were checked one by one above, which the type system cannot follow.
    return errors.any ? t.failures(errors.errors(value, context)) : t.success((changed ?? value) as ClosedValue<R, O>)
  }

  const is = (value: unknown): value is ClosedValue<R, O> =>
    isPlainObject(value) &&
    Object.keys(value).every((key) => codecs.get(key)?.is(own(value, key)) ?? (ignored !== undefined && key.startsWith(ignored))) &&
    needed.every((key) => Object.hasOwn(value, key))

  return Object.assign(
    new t.Type<ClosedValue<R, O>, unknown, unknown>(name, is, validate, (value) => encode(value as PlainObject, codecs)),
    {
      _tag: 'ClosedType' as const,
      required,
      optional,
      ignored,
    },
  )
}

function problem(value: unknown, context: t.Context, key: string, about: Problem): ProblemError {
  return { value, context: t.appendContext(context, key, t.unknown, value), problem: about }
}

function encode(value: PlainObject, codecs: ReadonlyMap<string, t.Mixed>): unknown {
  const encoded: Record<string, unknown> = {}
  for (const key of Object.keys(value)) setOwn(encoded, key, (codecs.get(key) ?? t.unknown).encode(value[key]))
  return encoded
}
