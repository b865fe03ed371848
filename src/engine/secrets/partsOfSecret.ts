import { eachSecretText } from '../../model/secrets/secretTexts.js'

/** A part of a secret that stands by itself is looked for from this length on. */
const shortestPart = 8

/** A line of a secret of several lines: shorter ones are `}` and the like. */
const shortestLine = 16

/**
 * The texts that tell a secret as much as the whole: itself, and what programs and servers take out of it. Of a URL its origin and
 * path, its password, and each segment and parameter of 8 characters or more; of `Bearer X` the X; of cookies their values; of JSON
 * its secret fields; of a path its normalised form; of several lines each line.
 */
export function partsOfSecret(secret: string): ReadonlySet<string> {
  const whole = secret.trim()
  const parts = new Set([secret, whole])
  const add = (part: string): void => {
    const trimmed = part.trim()
    if (trimmed.length >= shortestPart) parts.add(trimmed)
  }
  addCredentials(whole, add)
  addUrl(whole, add)
  addPath(whole, add)
  addPairs(whole, add)
  addFields(whole, add)
  if (/[\r\n]/.test(whole)) for (const line of whole.split(/[\r\n]+/)) if (line.trim().length >= shortestLine) add(line)
  parts.delete('')
  return parts
}

type Add = (part: string) => void

const schemes = /^(?:apikey|basic|bearer|bot|digest|dpop|key|negotiate|splunk|ssws|token)[ \t]+(\S.*)$/is

/** The token of `Bearer X`; of `Basic X` also what X stands for. */
function addCredentials(secret: string, add: Add): void {
  const token = schemes.exec(secret)?.[1]?.trim()
  if (token === undefined) return
  add(token)
  if (!/^basic\s/i.test(secret) || !/^[A-Za-z0-9+/]+={0,2}$/.test(token)) return
  const pair = decodedBase64(token)
  if (pair === undefined) return
  add(pair)
  add(pair.slice(pair.indexOf(':') + 1))
}

function decodedBase64(text: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)))
  } catch {
    // No base64, in spite of its name: then there is nothing in it to look for.
    return undefined
  }
}

function addUrl(secret: string, add: Add): void {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(secret) || /\s/.test(secret) || !URL.canParse(secret)) return
  const url = new URL(secret)
  const { host, pathname, search, hash, username, password } = url
  const bare = `${url.protocol}//${host}${pathname}`
  for (const part of [url.href, bare, bare + search, pathname + search, pathname]) add(part)
  for (const part of [username, password, hash.slice(1), ...pathname.split('/')]) for (const form of [part, decodedPercent(part)]) add(form)
  for (const value of url.searchParams.values()) add(value)
  if (password !== '') add(`${username}:${password}`)
}

function decodedPercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A percent sign that begins no encoding: the text stands for itself.
    return text
  }
}

/** A path without `.`, `..` and doubled slashes, as file operations name it, and of an absolute one its longer names. */
function addPath(secret: string, add: Add): void {
  if (!secret.includes('/') || secret.includes('://')) return
  const names: string[] = []
  for (const name of secret.split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  add(names.join('/'))
  if (secret.startsWith('/')) for (const name of names) add(name)
}

/** What stands behind a name in these says nothing that is secret. */
const cookieSettings: ReadonlySet<string> = new Set(['domain', 'expires', 'max-age', 'path', 'priority', 'samesite'])

/** The values of `sid=…; Path=/`, and of other settings between semicolons. */
function addPairs(secret: string, add: Add): void {
  if (!/^[^=;\s]+=/.test(secret) || /[\r\n]/.test(secret)) return
  for (const pair of secret.split(';')) {
    const sign = pair.indexOf('=')
    if (sign === -1 || cookieSettings.has(pair.slice(0, sign).trim().toLowerCase())) continue
    const value = pair.slice(sign + 1).trim()
    add(value)
    add(value.replace(/^"(.*)"$/, '$1'))
  }
}

/** What stands under secret names in a secret that is JSON, as a key file of a cloud is. */
function addFields(secret: string, add: Add): void {
  if (!/^[[{]/.test(secret)) return
  try {
    eachSecretText(JSON.parse(secret), add)
  } catch {
    // It only begins like JSON.
  }
}
