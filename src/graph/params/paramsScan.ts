import { placeBelow, type SecretPlace } from '../../model/secrets/secretPlaces.js'
import { isMarkerKey } from './marker.js'

/** What there may be in parameters, as bits. */
export const hasMarker = 1
export const hasSecret = 2
/** Text in which something may have been meant as a reference. */
export const hasBraces = 4

/** Looks through a value for markers and secret names, however deep: most values have neither. A plan has at most 64 levels. */
export function seenIn(value: unknown, place: SecretPlace = 'open'): number {
  if (typeof value === 'string') return value.includes('{{') || value.includes('${') ? hasBraces : 0
  if (typeof value !== 'object' || value === null) return 0
  let seen = 0
  if (Array.isArray(value)) for (const member of value as readonly unknown[]) seen |= seenIn(member, place)
  else
    for (const key of Object.keys(value)) {
      if (isMarkerKey(key)) seen |= hasMarker
      const below = placeBelow(place, key)
      if (below === 'secret') seen |= hasSecret
      seen |= seenIn((value as { readonly [key: string]: unknown })[key], below)
    }
  return seen
}
