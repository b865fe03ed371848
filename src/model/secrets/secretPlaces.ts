// model/secrets: which texts are secret by the names that they stand under.
import { isSecretField } from './secretFields.js'

/**
 * Where a value stands: under a secret name; directly in an `env` or in headers, where more names are secret; or anywhere else.
 */
export type SecretPlace = 'open' | 'variables' | 'secret'

/** Where the member `key` of an object stands. Members of a list stand where the list stands. */
export function placeBelow(place: SecretPlace, key: string): SecretPlace {
  if (place === 'secret' || key === '$literal') return place
  if (place === 'variables' ? isSecretVariable(key) : isSecretField(key)) return 'secret'
  return holdsVariables(key) ? 'variables' : 'open'
}

/** Whether anything at this path is secret by a name on the way. */
export function isSecretAt(path: readonly (string | number)[]): boolean {
  let place: SecretPlace = 'open'
  for (const key of path) if (typeof key === 'string') place = placeBelow(place, key)
  return place === 'secret'
}

/** Whether the members of a field of this name are variables or headers. */
function holdsVariables(name: string): boolean {
  const { length } = name
  // Of nearly every name the last letter says that it is none: only the others are looked at any further.
  const last = name.charCodeAt(length - 1) | 0x20
  return (last === letterS || last === letterT || last === letterV) && length <= 32 && variableHolder.test(name)
}

const [letterS, letterT, letterV] = [0x73, 0x74, 0x76]
const variableHolder = /^(?:env|environment|(?:[\w-]*[-_a-z])?headers)$/i

/** Last words that make a variable or header secret, also glued to what is before them (`PGPASSWORD`). */
const secretEndings: readonly string[] = [
  'authorization',
  'cookie',
  'credential',
  'credentials',
  'passphrase',
  'passwd',
  'password',
  'secret',
  'token',
]

/** Last words that do so only behind another word: `KEY` and `PWD` alone are something else. */
const secretLastWords: ReadonlySet<string> = new Set(['auth', 'key', 'pass', 'pwd'])

/** Endings of names that say the opposite. */
const openEndings: readonly (readonly [before: string, last: string])[] = [
  ['page', 'token'],
  ['continuation', 'token'],
  ['public', 'key'],
  ['idempotency', 'key'],
  ['surrogate', 'key'],
  ['cache', 'key'],
]

const longest = 128

/**
 * Whether an environment variable or a header of this name is secret: by the published list, or by its last word, as `GITHUB_TOKEN`,
 * `DB_PASSWORD` and `X-Api-Key` are. `X-Next-Page-Token` and `MAX_TOKENS` are not.
 */
export function isSecretVariable(name: string): boolean {
  if (isSecretField(name)) return true
  const words = wordsOf(name.slice(-longest))
  const last = words.at(-1)
  if (last === undefined) return false
  const before = words.at(-2)
  if (openEndings.some(([first, second]) => last === first + second || (last === second && before === first))) return false
  return secretEndings.some((ending) => last.endsWith(ending)) || (before !== undefined && secretLastWords.has(last))
}

function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}
