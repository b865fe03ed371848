import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { decodingFaults } from '../../graph/params/decodingFaults.js'
import { operationRegistry } from '../../model/operationType.js'
import { refusal } from '../answers/refusal.js'
import type { ToolAnswer } from '../answers/toolAnswer.js'
import type { Refused } from '../refused.js'
import { refusedCall } from '../refusals/refusedCall.js'
import { meantCall } from './lenient.js'

const noTypes = operationRegistry([])

/** Decodes what a tool was given; a `Left` is the answer that says everything that is wrong with it. */
export async function decodeInput<C extends t.Mixed>(
  codec: C,
  input: unknown,
  example: string,
  rename: (fault: Refused) => Refused = (fault) => fault,
): Promise<E.Either<ToolAnswer, t.TypeOf<C>>> {
  // Some clients send no arguments at all where there is nothing to say.
  const given = input ?? {}
  if (codec.is(given)) return E.right(given as t.TypeOf<C>)
  const { input: read } = await meantCall(codec, given, async () => noTypes)
  const decoded: E.Either<t.Errors, t.TypeOf<C>> = codec.decode(read)
  if (decoded._tag === 'Right') return decoded
  const refused = refusedCall(decodingFaults(decoded.left, read, []), { plan: read, registry: noTypes, example })
  return E.left(refusal({ ...refused, faults: refused.faults.map(rename) }))
}
