import { withSchema, type WithSchema } from './withSchema.js'

/**
 * Makes a codec for text between two lengths in UTF-16 code units, both included.
 *
 * `minLength` is 0 by default; `maxLength`, by default, no limit.
 *
 * @example
 * ```ts
 * import { text } from 'millrace/codec'
 * text({ minLength: 1 }).is('') // => false
 * text({ minLength: 1 }).name // => 'text that is not empty'
 * ```
 * @since 0.1.0
 */
export function text(limits: { readonly minLength?: number; readonly maxLength?: number } = {}): WithSchema<string> {
  const { minLength = 0, maxLength = Infinity } = limits
  const name =
    minLength === 0 && maxLength === Infinity
      ? 'text'
      : minLength === 1 && maxLength === Infinity
        ? 'text that is not empty'
        : `text of ${span(minLength, maxLength)} characters`
  return withSchema(
    name,
    { type: 'string', ...limits },
    (value): value is string => typeof value === 'string' && value.length >= minLength && value.length <= maxLength,
  )
}

/**
 * Makes a codec for a whole number between two bounds, both included; none by default.
 *
 * Only numbers that JavaScript holds exactly fit, up to 2^53 - 1.
 *
 * @example
 * ```ts
 * import { integer } from 'millrace/codec'
 * integer({ minimum: 1 }).is(3) // => true
 * integer({ minimum: 1 }).is(1.5) // => false
 * ```
 * @since 0.1.0
 */
export function integer(limits: { readonly minimum?: number; readonly maximum?: number } = {}): WithSchema<number> {
  const { minimum = -Infinity, maximum = Infinity } = limits
  return withSchema(
    `a whole number${bounds(minimum, maximum)}`,
    { type: 'integer', ...limits },
    (value): value is number => Number.isSafeInteger(value) && (value as number) >= minimum && (value as number) <= maximum,
  )
}

/**
 * Makes a codec for a finite number between two bounds, both included; none by default.
 *
 * @example
 * ```ts
 * import { finiteNumber } from 'millrace/codec'
 * finiteNumber({ minimum: 0, maximum: 1 }).is(0.5) // => true
 * finiteNumber().is(Infinity) // => false
 * ```
 * @since 0.1.0
 */
export function finiteNumber(limits: { readonly minimum?: number; readonly maximum?: number } = {}): WithSchema<number> {
  const { minimum = -Infinity, maximum = Infinity } = limits
  return withSchema(
    `a number${bounds(minimum, maximum)}`,
    { type: 'number', ...limits },
    (value): value is number => Number.isFinite(value) && (value as number) >= minimum && (value as number) <= maximum,
  )
}

/**
 * The codec for `true` or `false`.
 *
 * @example
 * ```ts
 * import { boolean } from 'millrace/codec'
 * boolean.is(false) // => true
 * boolean.is('false') // => false
 * ```
 * @since 0.1.0
 */
export const boolean: WithSchema<boolean> = withSchema(
  'true or false',
  { type: 'boolean' },
  (value): value is boolean => typeof value === 'boolean',
)

/**
 * The codec for `null`.
 *
 * @example
 * ```ts
 * import { nothing } from 'millrace/codec'
 * nothing.is(null) // => true
 * nothing.is(undefined) // => false
 * ```
 * @since 0.1.0
 */
export const nothing: WithSchema<null> = withSchema('null', { type: 'null' }, (value): value is null => value === null)

/**
 * Makes a codec for one of a few fixed words.
 *
 * @example
 * ```ts
 * import { oneOf } from 'millrace/codec'
 * const Size = oneOf('small', 'large')
 * Size.is('small') // => true
 * Size.name // => 'one of small, large'
 * ```
 * @see {@link anyOf} for a value of one of a few shapes
 * @since 0.1.0
 */
export function oneOf<W extends string>(...words: readonly [W, ...W[]]): WithSchema<W> {
  const known = new Set<unknown>(words)
  return withSchema(words.length === 1 ? `"${words[0]}"` : `one of ${words.join(', ')}`, { enum: words }, (value): value is W =>
    known.has(value),
  )
}

/**
 * The codec for any JSON value.
 *
 * It only checks that there is a value: depth and size are limits of the whole plan.
 *
 * @example
 * ```ts
 * import { anyJson } from 'millrace/codec'
 * anyJson.is(null) // => true
 * anyJson.is(undefined) // => false
 * ```
 * @since 0.1.0
 */
export const anyJson: WithSchema<unknown> = withSchema('any JSON value', {}, (value): value is unknown => value !== undefined)

function span(least: number, most: number): string {
  return most === Infinity ? `at least ${least}` : least === 0 ? `at most ${most}` : `${least} to ${most}`
}

function bounds(minimum: number, maximum: number): string {
  if (minimum === -Infinity && maximum === Infinity) return ''
  if (maximum === Infinity) return ` of at least ${minimum}`
  return minimum === -Infinity ? ` of at most ${maximum}` : ` from ${minimum} to ${maximum}`
}
