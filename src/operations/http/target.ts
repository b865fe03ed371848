import { isIP } from 'node:net'
import { OperationFailure, type OperationError } from '../../model/operationError.js'
import { noEndpoints, portOf, type EndpointPolicy } from './endpoints.js'
import type { AddressPolicy } from './publicAddress.js'

/** A URL as errors show it: without query and fragment, which often hold keys. */
export function shownUrl({ origin, protocol, host, pathname }: URL): string {
  return `${origin === 'null' ? `${protocol}//${host}` : origin}${pathname}`
}

/** The URL of an operation, with its query. Throws on text that is none. */
export function targetOf(url: string, query: Readonly<Record<string, string | number | boolean>>): URL {
  if (!URL.canParse(url)) {
    const message = `url: ${JSON.stringify(url)} is not a URL. Write it whole, such as "https://example.com/data.json".`
    throw new OperationFailure(invalid(message))
  }
  const target = new URL(url)
  for (const [name, value] of Object.entries(query)) target.searchParams.append(name, String(value))
  target.hash = ''
  return target
}

/**
 * Throws when a URL may not be requested; `from` is the URL that redirected to it. Only an address written in it is judged here,
 * in whatever form: the URL parser has made one of `2130706433`, `0x7f.1` and `[::ffff:7f00:1]`. Names are judged when looked up.
 */
export function checkTarget(target: URL, allows: AddressPolicy, from?: URL, endpoints: EndpointPolicy = noEndpoints): void {
  const where = from === undefined ? 'url' : `The redirect from ${shownUrl(from)}`
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    const message = `${where}: ${shownUrl(target)} cannot be requested: only http: and https: URLs can.`
    throw new OperationFailure(from === undefined ? invalid(message) : refused(message, target.protocol))
  }
  if (target.username !== '' || target.password !== '') {
    const message = `${where}: the URL has a user name or a password, which would be visible. Send them in the authorization header, from a $secret.`
    throw new OperationFailure(from === undefined ? invalid(message) : refused(message, target.host))
  }
  const address = target.hostname.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0 && !allows(address) && !endpoints(address, portOf(target)))
    throw new OperationFailure(refusedAddress(where, address, address))
}

/** The refusal of an address that a host has, or is. */
export function refusedAddress(where: string, host: string, address: string): OperationError {
  const what = host === address ? `${address} is` : `${host} leads to ${address},`
  const message =
    `${where}: ${what} an address of this machine or of a network that is not public. ` +
    'Request a public one, or allow such addresses: --allow-private-addresses, in code allowPrivateAddresses.'
  return refused(message, host)
}

function invalid(message: string): OperationError {
  return { type: 'invalid-params', message, retryable: false, at: ['url'] }
}

function refused(message: string, what: string): OperationError {
  return { type: 'not-allowed', message, retryable: false, what }
}
