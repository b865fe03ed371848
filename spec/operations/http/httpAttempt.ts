import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Either } from 'fp-ts/lib/Either.js'
import type { OperationError } from '../../../src/model/operationError.js'
import type { OperationType } from '../../../src/model/operationType.js'
import { httpOperations } from '../../../src/operations/http/httpOperations.js'
import type { RequestParams, RequestResult } from '../../../src/operations/http/requestParams.js'
import { attemptContext } from '../../support/attemptContext.js'

export type RequestType = OperationType<RequestParams, RequestResult>

/** `http.request` with private addresses allowed: the servers of these specs have one. */
export const localRequest = (): RequestType => httpOperations({ allowPrivateAddresses: true })[0]

/** Runs `use` with a server of its own on 127.0.0.1, by its origin. */
export async function withServer<A>(handler: RequestListener, use: (origin: string) => Promise<A>): Promise<A> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    // A server that listens on a port has an address of this kind.
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

/** One attempt at a request. */
export function attempt(
  params: object,
  type: RequestType = localRequest(),
  signal: AbortSignal = new AbortController().signal,
): Promise<Either<OperationError, RequestResult>> {
  const decoded = type.params.decode(params)
  if (decoded._tag === 'Left') throw new Error(`These params do not fit http request: ${JSON.stringify(params)}`)
  const work = type.perform(decoded.right, attemptContext({ signal }))
  if (typeof work !== 'function') throw new Error('http request is expected to give a TaskEither.')
  // perform is declared as any Work; the check above leaves only the TaskEither of this type.
  return work() as Promise<Either<OperationError, RequestResult>>
}

/** The result of a request that is expected to succeed. */
export async function resultOf(params: object, type?: RequestType): Promise<RequestResult> {
  const end = await attempt(params, type)
  if (end._tag === 'Left') throw new Error(`It failed: ${end.left.message}`)
  return end.right
}

/** The error of a request that is expected to fail. */
export async function errorOf(params: object, type?: RequestType): Promise<OperationError> {
  const end = await attempt(params, type)
  if (end._tag === 'Right') throw new Error(`It succeeded: ${JSON.stringify(end.right)}`)
  return end.left
}

/** Answers with what was asked: the method, the URL, the headers and the body. */
export function echo(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { method, url, headers } = request
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }))
  })
}

/** What `echo` answered with. */
export interface Echoed {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export async function echoOf(params: object): Promise<Echoed> {
  return (await resultOf(params)).body as Echoed
}

/** An error without its cause, which is not this library's. */
export function plain(error: OperationError): object {
  const { cause: _cause, ...rest } = error
  return rest
}
