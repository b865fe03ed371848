import { isPlainObject, setOwn } from '../codec/plainObject.js'
import { concealed, isSecretField } from './secretFields.js'
import { placeBelow, type SecretPlace } from './secretPlaces.js'

/** A text known by the name of its field alone is looked for elsewhere only from this length on: shorter ones are words of innocent text. */
export const shortestNamed = 8

/** Whether a text that stands under a secret name is looked for wherever else it stands. */
export function isSoughtByName(text: string): boolean {
  // One that is itself such a name (`password: password`) stands in every plan.
  return text.length >= shortestNamed && !isSecretField(text)
}

/** The value with whatever text stands under a secret name hidden; the very same value when nothing does. */
export function withoutSecrets(value: unknown, place: SecretPlace = 'open'): unknown {
  if (Array.isArray(value)) return withoutSecretsIn(value, place)
  if (place === 'secret' && typeof value === 'string') return value === '' ? '' : concealed
  if (!isPlainObject(value)) return value
  let changed: Record<string, unknown> | undefined
  for (const key of Object.keys(value)) {
    const shown = withoutSecrets(value[key], placeBelow(place, key))
    if (shown !== value[key]) setOwn((changed ??= { ...value }), key, shown)
  }
  return changed ?? value
}

function withoutSecretsIn(list: readonly unknown[], place: SecretPlace): unknown {
  const shown = list.map((member) => withoutSecrets(member, place))
  return shown.some((member, index) => member !== list[index]) ? shown : list
}

/** Calls `tell` with every text that stands under a secret name, however deep, and is long enough to be looked for elsewhere. */
export function eachSecretText(value: unknown, tell: (text: string) => void, place: SecretPlace = 'open'): void {
  if (typeof value === 'string') {
    if (place === 'secret' && isSoughtByName(value)) tell(value)
  } else if (Array.isArray(value)) for (const member of value) eachSecretText(member, tell, place)
  else if (isPlainObject(value)) for (const key of Object.keys(value)) eachSecretText(value[key], tell, placeBelow(place, key))
}
