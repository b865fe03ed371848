import { refuse } from '../options/checkOptions.js'
import { anOperation, someText } from '../options/kinds.js'
import type { Needed } from './operation.js'

/** Only the type system sees it: the type of the value a reference becomes. */
declare const becomes: unique symbol

/** A value in params that is taken from the result of an earlier operation. */
export interface Reference<out A = unknown> {
  readonly $ref: readonly string[]
  readonly [becomes]?: A
}

/** Params in which any value can be a reference, and any text a template or a secret. */
export type Referring<P> =
  | Reference<P>
  | (P extends string
      ? P | { readonly $template: string } | { readonly $secret: string }
      : P extends object
        ? { readonly [K in keyof P]: Referring<P[K]> }
        : P)

/**
 * Refers to the result of an operation, or to one field of it, in the params of a later one.
 *
 * The value keeps its type. A reference to an operation outside the batch is a fault of the batch.
 *
 * @example
 * ```ts
 * import { operation, refer } from 'millrace'
 * const size = operation('size', () => ({ bytes: 12 }))
 * refer(size, 'bytes') // => { $ref: ['size', 'bytes'] }
 * ```
 * @since 0.1.0
 */
export function refer<R>(operation: Needed<R>): Reference<R>
export function refer<R, K extends keyof R & string>(operation: Needed<R>, key: K): Reference<R[K]>
export function refer(operation: Needed, key?: string): Reference {
  refuse('refer', [...anOperation.faults(operation, ['operation']), ...(key === undefined ? [] : someText.faults(key, ['key']))])
  return { $ref: key === undefined ? [operation.id] : [operation.id, key] }
}
