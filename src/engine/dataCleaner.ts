import { setOwn } from '../model/codec/plainObject.js'
import { mask } from './mask.js'

/** Deeper than this nothing is shown: a walk must not run out of stack. */
const mostLevels = 500

const latin = new TextDecoder('latin1')

/** A character for each byte, so that bytes can be looked for as text is. */
export function bytesAsText(bytes: Uint8Array): string {
  return latin.decode(bytes)
}

/**
 * Makes what copies any data with its texts cleaned, however it is built: a circle stays one, and what cannot be read (a getter that
 * throws, a proxy that refuses) is told so in its place. Bytes with a secret among them are left out whole.
 */
export function dataCleaner(cleanText: (text: string) => string, haveSecret: (bytes: string) => boolean): (data: unknown) => unknown {
  const clean = (data: unknown, copies: Map<object, unknown>, level: number): unknown => {
    if (typeof data === 'string') return cleanText(data)
    if (typeof data === 'number' || typeof data === 'bigint') return cleanText(String(data)) === mask ? mask : data
    if (typeof data !== 'object' || data === null) return data
    if (level === mostLevels) return '[too deep]'
    const known = copies.get(data)
    if (known !== undefined) return known
    try {
      return copyOf(data, copies, (member) => clean(member, copies, level + 1))
    } catch {
      // Whatever a body gave or threw comes here, also what throws when it is looked at: an event must be told all the same.
      return '[not readable]'
    }
  }

  const copyOf = (data: object, copies: Map<object, unknown>, cleanMember: (member: unknown) => unknown): unknown => {
    if (data instanceof Date) return data
    if (data instanceof Uint8Array) return haveSecret(bytesAsText(data)) ? mask : data
    if (Array.isArray(data)) {
      const items: unknown[] = []
      copies.set(data, items)
      for (const member of data) items.push(cleanMember(member))
      return items
    }
    const cleaned: Record<string, unknown> = {}
    copies.set(data, cleaned)
    // An error keeps name and message outside its enumerable properties.
    if (data instanceof Error) Object.assign(cleaned, { name: cleanMember(data.name), message: cleanMember(data.message) })
    const entries = data instanceof Map || data instanceof Set ? [['entries', [...data]] as const] : Object.entries(data)
    for (const [key, value] of entries) setOwn(cleaned, cleanText(key), cleanMember(value))
    return cleaned
  }

  return (data) => clean(data, new Map(), 0)
}
