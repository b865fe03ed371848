import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Dispatcher } from 'undici'
import { setOwn } from '../../model/codec/plainObject.js'
import { OperationFailure, type OperationError } from '../../model/operationError.js'
import type { AttemptContext } from '../../model/work.js'
import { traceOf } from '../trace.js'
import { readBody, single } from './answerBody.js'
import { bodyValue } from './bodyValue.js'
import type { Connections } from './connections.js'
import { firstHop, nextHop, type Hop } from './hop.js'
import { networkError } from './networkError.js'
import type { EndpointPolicy } from './endpoints.js'
import type { AddressPolicy } from './publicAddress.js'
import { defaultRedirects, type RequestParams, type RequestResult } from './requestParams.js'
import { retryAfterMs, statusError } from './statusError.js'
import { checkTarget, shownUrl } from './target.js'

export interface RequestSurroundings {
  readonly send: Connections['send']
  readonly allows: AddressPolicy
  readonly endpoints: EndpointPolicy
  readonly limitBytes: number
  readonly context: Pick<AttemptContext, 'signal' | 'redact' | 'redactStream' | 'room' | 'trace'>
}

type Answer = Dispatcher.ResponseData

/** The most of a refusal's body that is told with it. */
const excerptBytes = 500

/** One attempt: the request, every redirect checked like the first, and the body of the answer. */
export function performRequest(params: RequestParams, around: RequestSurroundings): TaskEither<OperationError, RequestResult> {
  return () =>
    request(params, around).then(
      (result): E.Either<OperationError, RequestResult> => E.right(result),
      (thrown: unknown) => E.left(networkError(thrown, 'http request')),
    )
}

async function request(
  params: RequestParams,
  { send, allows, endpoints, limitBytes, context }: RequestSurroundings,
): Promise<RequestResult> {
  const { redirects = defaultRedirects, expectStatus, as = 'auto' } = params
  const { signal } = context
  const expected = typeof expectStatus === 'number' ? [expectStatus] : expectStatus
  // What masking would change came from a secret, whatever field it stands in.
  const holdsSecret = (text: string): boolean => context.redact(text) !== text
  let hop = firstHop(params, traceOf(context))
  checkTarget(hop.url, allows, undefined, endpoints)
  for (let followed = 0; ; followed++) {
    const where = `${hop.method} ${shownUrl(hop.url)}`
    const answer = await told(where, send(hop, signal))
    if (isExpected(answer.statusCode, expected)) return told(where, resultOf(hop, answer, { limitBytes, context }, as, where))
    const next = nextHop(hop, answer.statusCode, single(answer.headers['location']), holdsSecret)
    if (next === undefined || followed === redirects) {
      const note = next === undefined ? await saidBy(hop.method, answer, context) : await leadsOn(answer, next, redirects, signal)
      throw new OperationFailure(refusal(where, answer, expected, note))
    }
    checkTarget(next.url, allows, hop.url, endpoints)
    if (next.url.origin !== hop.url.origin && holdsSecret(next.body ?? '')) throw new OperationFailure(redirectRefused(where, next.url))
    await told(where, answer.body.dump({ limit: limitBytes, signal }))
    hop = next
  }
}

function isExpected(status: number, expected: readonly number[] | undefined): boolean {
  return expected === undefined ? status >= 200 && status < 300 : expected.includes(status)
}

/** The same work, with its errors told about the request they came from. */
function told<A>(where: string, work: Promise<A>): Promise<A> {
  return work.catch((thrown: unknown) => {
    throw new OperationFailure(networkError(thrown, where))
  })
}

async function resultOf(
  hop: Hop,
  answer: Answer,
  { limitBytes, context }: Pick<RequestSurroundings, 'limitBytes' | 'context'>,
  as: NonNullable<RequestParams['as']>,
  where: string,
): Promise<RequestResult> {
  const { bytes, complete } = await readBody(hop.method, answer, limitBytes, context)
  if (!complete) {
    const limit = limitBytes.toLocaleString('en')
    const message = `${where}: the response is larger than the limit of ${limit} bytes. Raise maxBytes, or request less.`
    throw new OperationFailure({ type: 'too-large', message, retryable: false, limitBytes })
  }
  const headers: Record<string, string | readonly string[]> = {}
  for (const [name, value] of Object.entries(answer.headers)) if (value !== undefined) setOwn(headers, name, value)
  const body = bodyValue(bytes, single(answer.headers['content-type']) ?? '', as, where, context.redact)
  return { url: hop.url.href, status: answer.statusCode, headers, body, bytes: bytes.length }
}

function refusal(where: string, { statusCode, headers }: Answer, expected: readonly number[] | undefined, note: string): OperationError {
  const wait = retryAfterMs(single(headers['retry-after']), single(headers['date']), Date.now())
  return statusError(where, statusCode, expected, note, wait)
}

async function saidBy(method: Hop['method'], answer: Answer, context: RequestSurroundings['context']): Promise<string> {
  const { redact, redactStream } = context
  // The status is the failure. A body that breaks off or cannot be decompressed takes nothing away from it.
  const body = await readBody(method, answer, excerptBytes, context).catch(() => undefined)
  const type = single(answer.headers['content-type']) ?? ''
  const value = body === undefined ? '' : bodyValue(body.bytes, type, 'text', '', redact)
  if (body === undefined || typeof value !== 'string' || value.trim() === '' || !/text|json|xml/i.test(type)) return ''
  // Where the text breaks off, what may be the beginning of a secret is left out.
  return ` It said: ${body.complete ? redact(value).trim() : `${redactStream().add(value).trim()}…`}`
}

function redirectRefused(where: string, to: URL): OperationError {
  const message =
    `${where}: it redirects to ${shownUrl(to)}, and the body holds a secret, which is sent only to the origin it was meant for. ` +
    'If that is intended, request that URL directly; or set redirects: 0.'
  return { type: 'redirect-refused', message, retryable: false, to: shownUrl(to) }
}

async function leadsOn(answer: Answer, next: Hop, redirects: number, signal: AbortSignal): Promise<string> {
  await answer.body.dump({ limit: excerptBytes, signal })
  const most = redirects === 1 ? '1 redirect' : `${redirects} redirects`
  return ` It redirects to ${shownUrl(next.url)}, beyond the limit of ${most}.`
}
