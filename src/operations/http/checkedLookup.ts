import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { OperationFailure } from '../../model/operationError.js'
import type { AddressPolicy } from './publicAddress.js'
import { refusedAddress } from './target.js'

/**
 * Looks a host up for a connection, and refuses it when any of its addresses is not allowed.
 *
 * The connection is made to the very addresses judged here: there is no second look-up that could answer something else.
 */
export function checkedLookup(allows: AddressPolicy, resolve: typeof lookup = lookup): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, [])
      const refused = addresses.find(({ address }) => !allows(address))
      if (refused !== undefined) return callback(new OperationFailure(refusedAddress('url', host, refused.address)), [])
      if (options.all === true) return callback(null, addresses)
      const [{ address, family } = { address: '', family: 0 }] = addresses
      return callback(null, address, family)
    })
  }
}
