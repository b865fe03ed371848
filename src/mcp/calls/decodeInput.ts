import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { decodingFaults } from '../../graph/params/decodingFaults.js'
import { operationRegistry } from '../../model/operationType.js'
import { refusal, refusedFaults } from '../answers/refusal.js'
import type { ToolAnswer } from '../answers/toolAnswer.js'

const noTypes = operationRegistry([])

/** Decodes what a tool was given; a `Left` is the answer that says everything that is wrong with it. */
export function decodeInput<C extends t.Mixed>(codec: C, input: unknown, example: string): E.Either<ToolAnswer, t.TypeOf<C>> {
  // Some clients send no arguments at all where there is nothing to say.
  const given = input ?? {}
  const decoded: E.Either<t.Errors, t.TypeOf<C>> = codec.decode(given)
  return decoded._tag === 'Right' ? decoded : E.left(refusal(refusedFaults(decodingFaults(decoded.left, given, []), noTypes), example))
}
