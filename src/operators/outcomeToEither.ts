import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { Outcome } from '../model/outcome.js'
import type { UnsuccessfulOutcome } from './outcome/outcomeError.js'

/**
 * Turns an outcome into an `Either`: the value on the right, any other outcome on the left.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js'
 * import { outcomeToEither } from 'millrace'
 * outcomeToEither({ type: 'succeeded', value: 7 }) // => E.right(7)
 * ```
 * @see {@link outcomes}
 * @since 0.1.0
 */
export function outcomeToEither<A>(outcome: Outcome<A>): Either<UnsuccessfulOutcome, A> {
  return outcome.type === 'succeeded' ? right(outcome.value) : left(outcome)
}
