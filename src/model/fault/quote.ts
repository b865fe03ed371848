import { concealed } from '../secrets/secretFields.js'
import { placeBelow, type SecretPlace } from '../secrets/secretPlaces.js'

const most = 80

/** Any value as short text on one line, without what stands under secret names. Each text in it is given to `redact` before it is cut. */
export function quoteValue(value: unknown, redact: (text: string) => string = asItIs): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'string') return quoteText(redact(value))
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  return shorten(visible(JSON.stringify(preview(value, { left: most, redact }))))
}

/** Text in double quotes, cut when it is long. Whatever could move a terminal's cursor or turn its text is escaped. */
export function quoteText(text: string): string {
  return text.length <= most
    ? visible(JSON.stringify(text))
    : `${visible(JSON.stringify(`${text.slice(0, most)}…`))} (${text.length} characters)`
}

/** A name bare where it reads well, else in double quotes. */
export function showName(name: string): string {
  return name.length <= most && /^[\p{L}\p{N}_@$/:+~.-]+$/u.test(name) ? name : quoteText(name)
}

function shorten(text: string): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`
}

// JSON escapes C0 alone; C1 and the marks that turn the direction of text work on terminals as well.
function visible(text: string): string {
  return text.replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

interface Budget {
  /** Characters that may still be shown. */
  left: number
  readonly redact: (text: string) => string
}

const asItIs = (text: string): string => text

// The first few dozen characters' worth of a value: it may hold megabytes, or itself, and no more of it is shown.
function preview(value: unknown, budget: Budget, place: SecretPlace = 'open'): unknown {
  budget.left -= 2
  if (typeof value === 'string') {
    budget.left -= value.length
    return budget.redact(value).slice(0, most)
  }
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const members: unknown[] = []
    for (const member of value) {
      if (budget.left < 0) break
      members.push(preview(member, budget, place))
    }
    return members
  }
  const fields: [string, unknown][] = []
  for (const [key, member] of Object.entries(value)) {
    if (budget.left < 0) break
    budget.left -= key.length
    const below = placeBelow(place, key)
    fields.push([budget.redact(key).slice(0, most), below === 'secret' ? concealed : preview(member, budget, below)])
  }
  return Object.fromEntries(fields)
}
