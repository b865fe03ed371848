import { isPlainObject, own, type PlainObject } from '../../../model/codec/plainObject.js'
import { compactJson } from './compactJson.js'

/** Fewer records are as short in JSON. */
const fewestRows = 5

/** The keys of a list of flat records that have the same ones; undefined for any other value. */
export function tableKeys(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length < fewestRows) return undefined
  const records: readonly unknown[] = value
  const [first] = records
  if (!isPlainObject(first)) return undefined
  const keys = Object.keys(first)
  return keys.length > 0 && records.every((record) => isFlat(record, keys)) ? keys : undefined
}

function isFlat(record: unknown, keys: readonly string[]): boolean {
  if (!isPlainObject(record) || Object.keys(record).length !== keys.length) return false
  return keys.every((key) => {
    const cell = own(record, key)
    return cell !== undefined && (typeof cell !== 'object' || cell === null) && typeof cell !== 'function'
  })
}

/** Records as rows with tabs below their keys. */
export function tableText(keys: readonly string[], records: readonly PlainObject[]): string {
  const rows = records.map((record) => keys.map((key) => cellText(own(record, key))).join('\t'))
  return [keys.map(cellText).join('\t'), ...rows].join('\n')
}

/** A text as it is, unless it would read as JSON or as more than one cell; anything else as JSON. */
function cellText(cell: unknown): string {
  return typeof cell === 'string' && !isAmbiguous(cell) ? cell : compactJson(cell)
}

function isAmbiguous(text: string): boolean {
  return text === '' || /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text) || readsAsJson(text)
}

function readsAsJson(text: string): boolean {
  // Only these begin JSON: nearly every text is told from it by its first letter.
  if (!/^[\s"\-0-9[{tfn]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    // A text that only begins as JSON does.
    return text.startsWith('"')
  }
}
