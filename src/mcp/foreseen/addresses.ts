import { isIP } from 'node:net'
import { own } from '../../model/codec/plainObject.js'
import { portOf, type EndpointPolicy } from '../../operations/http/endpoints.js'
import { isPublicAddress } from '../../operations/http/publicAddress.js'
import type { Foresee } from './foreseen.js'

/** URLs, written out in a plan, whose host is an address of this machine or of a private network. */
export function addressesAhead(endpoints: EndpointPolicy): Foresee {
  return (name, params) => {
    if (name !== 'http.request') return []
    const text = own(params, 'url')
    if (typeof text !== 'string' || !URL.canParse(text)) return []
    const url = new URL(text)
    const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase()
    const local = host === 'localhost' || host.endsWith('.localhost')
    if (!local && (isIP(host) === 0 || isPublicAddress(host))) return []
    const endpoint = `${url.hostname}:${portOf(url)}`
    if (endpoints(host, portOf(url))) return []
    const why = local ? 'is this machine' : 'is an address of this machine or of a network that is not public'
    return [
      { field: 'url', text: `${host} ${why}. Request a public address, or have the server started with --allow-address ${endpoint}.` },
    ]
  }
}
