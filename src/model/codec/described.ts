import type * as t from 'io-ts'

/** A codec that says in one sentence what its value is for. */
export type Described<C extends t.Mixed> = C & { readonly description: string }

/**
 * Adds a sentence to a codec, for help, schemas and signatures. The given codec is not changed.
 *
 * @example
 * ```ts
 * import { described, text } from 'millrace/codec'
 * described(text(), 'Where the file is.').description // => 'Where the file is.'
 * ```
 * @since 0.1.0
 */
export function described<C extends t.Mixed>(codec: C, description: string): Described<C> {
  // A copy, so that the same codec can be described in two ways; io-ts types keep everything in own properties.
  return Object.assign(Object.create(Object.getPrototypeOf(codec) as object) as C, codec, { description })
}

export function descriptionOf(codec: t.Mixed): string | undefined {
  return 'description' in codec ? (codec as Described<t.Mixed>).description : undefined
}
