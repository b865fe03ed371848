import { withSchema, type WithSchema } from './withSchema.js'

/** Text between two lengths, in UTF-16 code units. */
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

/** A whole number between two bounds, both included. */
export function wholeNumber(limits: { readonly minimum?: number; readonly maximum?: number } = {}): WithSchema<number> {
  const { minimum = -Infinity, maximum = Infinity } = limits
  return withSchema(
    `a whole number${bounds(minimum, maximum)}`,
    { type: 'integer', ...limits },
    (value): value is number => Number.isSafeInteger(value) && (value as number) >= minimum && (value as number) <= maximum,
  )
}

/** A finite number between two bounds, both included. */
export function finiteNumber(limits: { readonly minimum?: number; readonly maximum?: number } = {}): WithSchema<number> {
  const { minimum = -Infinity, maximum = Infinity } = limits
  return withSchema(
    `a number${bounds(minimum, maximum)}`,
    { type: 'number', ...limits },
    (value): value is number => Number.isFinite(value) && (value as number) >= minimum && (value as number) <= maximum,
  )
}

/** `true` or `false`. */
export const flag: WithSchema<boolean> = withSchema(
  'true or false',
  { type: 'boolean' },
  (value): value is boolean => typeof value === 'boolean',
)

/** One of a few fixed words. */
export function oneOf<W extends string>(...words: readonly [W, ...W[]]): WithSchema<W> {
  const known = new Set<unknown>(words)
  return withSchema(words.length === 1 ? `"${words[0]}"` : `one of ${words.join(', ')}`, { enum: words }, (value): value is W =>
    known.has(value),
  )
}

/** Any JSON value. Nothing is checked here: depth and size are limits of the whole message. */
export const anyJson: WithSchema<unknown> = withSchema('any JSON value', {}, (value): value is unknown => value !== undefined)

function span(least: number, most: number): string {
  return most === Infinity ? `at least ${least}` : least === 0 ? `at most ${most}` : `${least} to ${most}`
}

function bounds(minimum: number, maximum: number): string {
  if (minimum === -Infinity && maximum === Infinity) return ''
  if (maximum === Infinity) return ` of at least ${minimum}`
  return minimum === -Infinity ? ` of at most ${maximum}` : ` from ${minimum} to ${maximum}`
}
