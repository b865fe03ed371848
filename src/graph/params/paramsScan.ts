import { isSecretField } from '../../model/secretFields.js'
import { isMarkerKey } from './marker.js'

/** What there may be in parameters, as bits. */
export const hasMarker = 1
export const hasSecret = 2

/** Looks through a value for markers and secret field names, however deep: most values have neither. A plan has at most 64 levels. */
export function seenIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let seen = 0
  if (Array.isArray(value)) for (const member of value as readonly unknown[]) seen |= seenIn(member)
  else
    for (const key of Object.keys(value)) {
      if (isMarkerKey(key)) seen |= hasMarker
      if (isSecretField(key)) seen |= hasSecret
      seen |= seenIn((value as { readonly [key: string]: unknown })[key])
    }
  return seen
}
