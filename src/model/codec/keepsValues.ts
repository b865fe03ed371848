import type * as t from 'io-ts'

/** Marks a codec that takes a value or refuses it, but never makes another of it: where its `is` says yes, there is nothing to decode. */
export const keeps: unique symbol = Symbol('keeps values as they are')

/** The functions of which that is known: a copy of the codec with another one in its place promises nothing. */
export type Keeps = Pick<t.Mixed, 'is' | 'validate'> | undefined

/** Whether all of these codecs keep values as they are. */
export function keepValues(codecs: readonly t.Mixed[]): boolean {
  return codecs.every((codec) => {
    const known = (codec as { readonly [keeps]?: Keeps })[keeps]
    return known !== undefined && known.is === codec.is && known.validate === codec.validate
  })
}
