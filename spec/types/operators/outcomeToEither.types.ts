import { expectTypeOf } from 'expect-type'
import type { Either } from 'fp-ts/lib/Either.js'
import type { Outcome } from '../../../src/model/outcome.js'
import type { UnsuccessfulOutcome } from '../../../src/operators/outcome/outcomeError.js'
import { outcomeToEither } from '../../../src/operators/outcomeToEither.js'

declare const outcome: Outcome<number>

expectTypeOf(outcomeToEither(outcome)).toEqualTypeOf<Either<UnsuccessfulOutcome, number>>()
