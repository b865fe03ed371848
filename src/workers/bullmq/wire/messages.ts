import type * as t from 'io-ts'
import { closed } from '../../../model/codec/closed.js'
import { anyOf, array } from '../../../model/codec/collections.js'
import { anyJson, boolean, finiteNumber, integer, oneOf, text } from '../../../model/codec/values.js'

/** An attempt as it lies in the queue: only whoever has the key can make one, and read it. */
export const QueuedAttempt = closed('a queued attempt', { performer: text(), key: text(), sealed: text() }, {})
export type QueuedAttempt = t.TypeOf<typeof QueuedAttempt>

/** What is sealed in it. */
export const SealedAttempt = closed(
  'a sealed attempt',
  { runId: text(), id: text(), attempt: integer(), type: text(), operation: text(), secrets: array(text()), repeatable: boolean },
  {
    place: text(),
    params: anyJson,
    timeoutMs: integer({ minimum: 1 }),
    trace: closed('a trace', { traceparent: text() }, { tracestate: text() }),
  },
)
export type SealedAttempt = t.TypeOf<typeof SealedAttempt>

/** A worker has taken an attempt from the queue and asks whether it may begin it. `claim` is random, and stands in all that follows. */
export const Claim = closed('a claim', { claim: text(), worker: text(), inbox: text() }, {})

/** What a performer answers with: it may begin, it may not, it may say more, it is to end, or: where is it? */
export const ClaimAnswer = closed('an answer', { claim: text() }, {})

/** What an operation gave out. */
export const ToldItem = anyOf(
  closed('an output', { stream: oneOf('stdout', 'stderr'), text: text() }, {}),
  closed('an emitted event', { name: text() }, { data: anyJson }),
  closed('a progress', { progress: oneOf('progress') }, { fraction: finiteNumber(), message: text() }),
)
export type ToldItem = t.TypeOf<typeof ToldItem>

/** What it has given out since the last time. */
export const Told = closed('what was reported', { claim: text(), seq: integer(), items: array(ToldItem) }, {})

/** How an attempt ended: with a value, a failure, or because its worker was ended. */
export const End = closed(
  'the end of an attempt',
  { claim: text(), items: array(ToldItem), outcome: oneOf('value', 'error', 'lost') },
  { value: anyJson, error: anyJson },
)
export type End = t.TypeOf<typeof End>

/** A message read by its codec; undefined for one that is something else. */
export function readMessage<A>(codec: t.Type<A, unknown, unknown>, message: string): A | undefined {
  const decoded = codec.decode(JSON.parse(message))
  return decoded._tag === 'Right' ? decoded.right : undefined
}
