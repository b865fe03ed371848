import { isSecretField } from '../../model/secrets/secretFields.js'
import type { TraceContext } from '../../model/text/traceIds.js'
import type { RequestParams } from './requestParams.js'
import { targetOf } from './target.js'

/** One request on the way to an answer. Header names are in lower case. */
export interface Hop {
  readonly url: URL
  readonly method: NonNullable<RequestParams['method']>
  readonly headers: ReadonlyMap<string, string>
  readonly body: string | undefined
}

/** The request an operation asks for, with the trace that it is part of. */
export function firstHop({ url, query = {}, method, headers = {}, body }: RequestParams, trace?: TraceContext): Hop {
  const own = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value])
  const defaults: readonly [string, string][] = [
    ['accept', '*/*'],
    ['user-agent', 'millrace'],
    ...Object.entries(trace ?? {}),
    ...(body === undefined ? [] : [['content-type', contentType(body)] as [string, string]]),
  ]
  return {
    url: targetOf(url, query),
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: new Map([...defaults, ...own]),
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  }
}

const contentType = (body: unknown): string => (typeof body === 'string' ? 'text/plain;charset=UTF-8' : 'application/json')

/** What a redirect leads to; undefined when the answer is none. A header that `holdsSecret` is for the first origin alone. */
export function nextHop(hop: Hop, status: number, location: string | undefined, holdsSecret: (text: string) => boolean): Hop | undefined {
  if (!redirecting.has(status) || location === undefined || !URL.canParse(location, hop.url.href)) return undefined
  const url = new URL(location, hop.url)
  url.hash = ''
  const asGet = becomesGet(hop.method, status)
  const isOtherOrigin = url.origin !== hop.url.origin
  const isDropped = (name: string, value: string): boolean =>
    (asGet && aboutBody.has(name)) || (isOtherOrigin && (isForOneOrigin(name) || holdsSecret(value)))
  return {
    url,
    method: asGet ? 'GET' : hop.method,
    headers: new Map([...hop.headers].filter(([name, value]) => !isDropped(name, value))),
    body: asGet ? undefined : hop.body,
  }
}

const redirecting: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

// As the Fetch standard has it: 303 always means "get that"; 301 and 302 do so for POST alone, by old custom; 307 and 308 never.
function becomesGet(method: Hop['method'], status: number): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD'
  return method === 'POST' && (status === 301 || status === 302)
}

const aboutBody: ReadonlySet<string> = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'content-language',
  'content-location',
])

/** What must not be told to another origin: who one is there, by whatever secret, and which host one means. */
function isForOneOrigin(name: string): boolean {
  return name === 'host' || isSecretField(name)
}
