// operations/http: HTTP requests over pooled connections, with addresses checked before they are used.
import type { lookup } from 'node:dns'
import { notYetKnown, type Foreseen } from '../../model/effects.js'
import type { OperationType } from '../../model/operationType.js'
import { connections } from './connections.js'
import { endpointsOf, noEndpoints, type EndpointPolicy } from './endpoints.js'
import { isPublicAddress, type AddressPolicy } from './publicAddress.js'
import { performRequest } from './performRequest.js'
import { defaultMaxBytes, RequestParams, RequestResult } from './requestParams.js'

export interface HttpOptions {
  /** Whether addresses of this machine and of private networks may be requested. Default: false. */
  readonly allowPrivateAddresses?: boolean
  /** Hosts with a port that may be requested whatever their addresses are, such as `localhost:3000`. Throws on anything else. */
  readonly allowAddresses?: readonly string[]
  /** The largest body any operation may take, in bytes. Default: what each asks for. */
  readonly maxBytes?: number
}

/** `http.request`: one request over pooled connections, to public addresses only unless told otherwise. */
export function httpOperations({ allowPrivateAddresses = false, allowAddresses = [], maxBytes = Infinity }: HttpOptions = {}): readonly [
  OperationType<RequestParams, RequestResult>,
] {
  const endpoints = endpointsOf(allowAddresses)
  if (endpoints instanceof RangeError) throw new TypeError(`allowAddresses: ${endpoints.message}`)
  return [requestOperation(allowPrivateAddresses ? () => true : isPublicAddress, maxBytes, undefined, endpoints)]
}

/** The same with any policy and any look-up. */
export function requestOperation(
  allows: AddressPolicy,
  maxBytes: number,
  resolve?: typeof lookup,
  endpoints: EndpointPolicy = noEndpoints,
): OperationType<RequestParams, RequestResult> {
  const { send } = connections(allows, resolve, endpoints)
  return {
    type: 'http',
    operation: 'request',
    summary: 'Sends an HTTP request, follows redirects, and returns the response.',
    params: RequestParams,
    result: RequestResult,
    readOnly,
    repeatable,
    effects: () => ({}),
    origin: ({ url }) => (url !== notYetKnown && URL.canParse(url) ? new URL(url).origin : undefined),
    perform: (params, context) => {
      const limitBytes = Math.min(params.maxBytes ?? defaultMaxBytes, maxBytes)
      return performRequest(params, { send, allows, endpoints, limitBytes, context })
    },
  }
}

function readOnly({ method, body }: Foreseen<RequestParams>): boolean {
  if (method === notYetKnown) return false
  return method === undefined ? body === undefined : method === 'GET' || method === 'HEAD'
}

/** What HTTP calls idempotent (RFC 9110, 9.2.2). */
const idempotent: ReadonlySet<unknown> = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])

function repeatable(params: Foreseen<RequestParams>): boolean {
  return readOnly(params) || idempotent.has(params.method)
}
