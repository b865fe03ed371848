/**
 * Replaces a param before the run if its value comes from a reference.
 *
 * @example
 * ```ts
 * import { notYetKnown, type Effects, type Foreseen } from 'millrace'
 * const effects = ({ path }: Foreseen<{ path: string }>): Effects => ({
 *   writes: [path === notYetKnown ? { resource: 'file:/srv', orderOnly: true } : { resource: `file:/srv/${path}` }],
 * })
 * effects({ path: 'app' }) // => { writes: [{ resource: 'file:/srv/app' }] }
 * effects({ path: notYetKnown }) // => { writes: [{ resource: 'file:/srv', orderOnly: true }] }
 * ```
 * @since 0.1.0
 */
export const notYetKnown: unique symbol = Symbol('not yet known')

/** The type of {@link notYetKnown}. */
export type NotYetKnown = typeof notYetKnown

/** Params as known before the run: each field is its value or `notYetKnown`. */
export type Foreseen<P> = { readonly [K in keyof P]: P[K] | NotYetKnown }

/**
 * Something an operation touches: a scheme, `:`, and segments split by `/`, such as `file:/srv/app/package.json`.
 *
 * Two touches overlap when they are equal or when one's segments begin with all of the other's.
 */
export interface Touch {
  readonly resource: string
  /** The place is wider than what will be touched, since that is not yet known: it orders, but never asks for success. */
  readonly orderOnly?: true
}

/** The effects of types that declare none: one function for all, by which they are known without a call for each operation. */
export const noEffects = (): Effects => nothing

const nothing: Effects = {}

/** What an operation declares that it reads and writes. This orders it within its plan. */
export interface Effects {
  readonly reads?: readonly Touch[]
  readonly writes?: readonly Touch[]
  /** Where a program works: ordered against others' reads and writes there, not against other programs. */
  readonly follows?: readonly Touch[]
}
