import * as t from 'io-ts'
import { ErrorList } from './errorList.js'
import { isPlainObject, setOwn } from './plainObject.js'

/** A codec for a list whose items all fit one codec. */
export interface ArrayOf<C extends t.Mixed> extends t.Type<readonly t.TypeOf<C>[], unknown, unknown> {
  readonly _tag: 'ListType'
  readonly item: C
  readonly minItems: number
  readonly maxItems: number
}

/** A codec for an object with free keys whose values all fit one codec. */
export interface RecordOf<C extends t.Mixed> extends t.Type<{ readonly [key: string]: t.TypeOf<C> }, unknown, unknown> {
  readonly _tag: 'DictionaryOfType'
  readonly item: C
}

/**
 * A codec for a value that fits one of a few codecs, tried in order. It reports itself as a whole, not the errors of every member. If only
 * one member takes objects, an object gets the errors of that one.
 */
export interface AnyOf<C extends readonly t.Mixed[]> extends t.Type<t.TypeOf<C[number]>, unknown, unknown> {
  readonly _tag: 'AnyOfType'
  readonly members: C
}

/**
 * Makes a codec for a list whose items all fit `item`.
 *
 * `minItems` is 0 by default; `maxItems`, by default, no limit.
 *
 * @example
 * ```ts
 * import { array, text } from 'millrace/codec'
 * const Names = array(text(), { minItems: 1 })
 * Names.is(['ada']) // => true
 * Names.is([]) // => false
 * ```
 * @since 0.1.0
 */
export function array<C extends t.Mixed>(item: C, limits: { readonly minItems?: number; readonly maxItems?: number } = {}): ArrayOf<C> {
  const { minItems = 0, maxItems = Infinity } = limits
  const fits = (value: readonly unknown[]): boolean => value.length >= minItems && value.length <= maxItems
  const bounds = [minItems > 0 ? `at least ${minItems}` : '', maxItems < Infinity ? `at most ${maxItems}` : ''].filter(
    (bound) => bound !== '',
  )
  const name = ['a list', bounds.join(' and ')].filter((part) => part !== '').join(' of ')
  const validate = (value: unknown, context: t.Context): t.Validation<readonly t.TypeOf<C>[]> => {
    if (!Array.isArray(value) || !fits(value)) return t.failure(value, context)
    const errors = new ErrorList()
    let changed: unknown[] | undefined
    value.forEach((member: unknown, index) => {
      const decoded = item.validate(member, t.appendContext(context, String(index), item, member))
      if (decoded._tag === 'Left') errors.pushAll(decoded.left)
      else if (decoded.right !== member) (changed ??= [...(value as unknown[])])[index] = decoded.right
    })
    return errors.any ? t.failures(errors.errors(value, context)) : t.success((changed ?? value) as readonly t.TypeOf<C>[])
  }
  const is = (value: unknown): value is readonly t.TypeOf<C>[] => Array.isArray(value) && fits(value) && value.every(item.is)
  const codec = new t.Type<readonly t.TypeOf<C>[], unknown, unknown>(name, is, validate, (value) =>
    value.map((member) => item.encode(member) as unknown),
  )
  return Object.assign(codec, { _tag: 'ListType' as const, item, minItems, maxItems })
}

/**
 * Makes a codec for an object with free keys whose values all fit `item`.
 *
 * @example
 * ```ts
 * import { record, integer } from 'millrace/codec'
 * const Counts = record(integer())
 * Counts.is({ a: 1, b: 2 }) // => true
 * Counts.is({ a: 'x' }) // => false
 * ```
 * @see {@link closed} for an object whose fields are known
 * @since 0.1.0
 */
export function record<C extends t.Mixed>(item: C): RecordOf<C> {
  type Value = { readonly [key: string]: t.TypeOf<C> }
  const validate = (value: unknown, context: t.Context): t.Validation<Value> => {
    if (!isPlainObject(value)) return t.failure(value, context)
    const errors = new ErrorList()
    let changed: Record<string, unknown> | undefined
    for (const key of Object.keys(value)) {
      const decoded = item.validate(value[key], t.appendContext(context, key, item, value[key]))
      if (decoded._tag === 'Left') errors.pushAll(decoded.left)
      else if (decoded.right !== value[key]) setOwn((changed ??= { ...value }), key, decoded.right)
    }
    return errors.any ? t.failures(errors.errors(value, context)) : t.success((changed ?? value) as Value)
  }
  const is = (value: unknown): value is Value => isPlainObject(value) && Object.keys(value).every((key) => item.is(value[key]))
  const encode = (value: Value): unknown => {
    const encoded: Record<string, unknown> = {}
    for (const key of Object.keys(value)) setOwn(encoded, key, item.encode(value[key]))
    return encoded
  }
  return Object.assign(new t.Type<Value, unknown, unknown>('an object', is, validate, encode), { _tag: 'DictionaryOfType' as const, item })
}

/**
 * Makes a codec for a value that fits one of a few codecs, tried in order.
 *
 * A value that fits none of them is one fault, not one for each member.
 *
 * @example
 * ```ts
 * import { anyOf, array, text } from 'millrace/codec'
 * const Words = anyOf(text(), array(text()))
 * Words.is('a') // => true
 * Words.is(['a', 'b']) // => true
 * Words.name // => 'text or a list'
 * ```
 * @see {@link oneOf} for a few fixed words
 * @since 0.1.0
 */
export function anyOf<C extends readonly [t.Mixed, ...t.Mixed[]]>(...members: C): AnyOf<C> {
  type Value = t.TypeOf<C[number]>
  const validate = (value: unknown, context: t.Context): t.Validation<Value> => {
    for (const member of members) {
      const decoded = member.validate(value, context)
      if (decoded._tag === 'Right') return decoded
    }
    return isPlainObject(value) && meant !== undefined ? meant.validate(value, context) : t.failure(value, context)
  }
  const ofObjects = members.filter((member) => '_tag' in member && (member._tag === 'ClosedType' || member._tag === 'DictionaryOfType'))
  const meant = ofObjects.length === 1 ? ofObjects[0] : undefined
  const memberOf = (value: unknown): t.Mixed | undefined => members.find((member) => member.is(value))
  const codec = new t.Type<Value, unknown, unknown>(
    members.map((member) => member.name).join(' or '),
    (value): value is Value => memberOf(value) !== undefined,
    validate,
    (value) => memberOf(value)?.encode(value) as unknown,
  )
  return Object.assign(codec, { _tag: 'AnyOfType' as const, members })
}
