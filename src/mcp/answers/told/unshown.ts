import { isPlainObject, own, setOwn, type PlainObject } from '../../../model/codec/plainObject.js'
import { showPath } from '../form/label.js'
import type { ToldOperation } from './toldOf.js'

/** Content that is no text: told by its size and kind, and shown only to who asks for that very path. */
export interface Unshown {
  readonly path: string
  readonly line: string
}

/** A value without such content, and what was left out. */
export interface VisibleValue {
  readonly value: unknown
  readonly unshown: readonly Unshown[]
}

/** Shorter base64 costs no more than saying what it is. */
const mostShown = 200

/** How deep a server's content may lie: a result, a list, a resource in it. */
const mostLevels = 4

export function withoutBinary(path: string, value: unknown, { name, params }: ToldOperation): VisibleValue {
  if (name.startsWith('tool.')) return withoutParts(path, value, 0)
  if (!isPlainObject(value)) return { value, unshown: [] }
  const left: Unshown[] = []
  const shown: PlainObject = {}
  for (const [key, member] of Object.entries(value)) {
    if (typeof member === 'string' && member.length > mostShown && isBase64(key, member, value, params))
      left.push(unshownAt(`${path}.${key}`, member))
    else setOwn(shown, key, member)
  }
  return left.length === 0 ? { value, unshown: left } : { value: shown, unshown: left }
}

const contentKeys: ReadonlySet<string> = new Set(['content', 'body', 'stdout', 'stderr'])

/** What the operation was asked for says it; of what came by its own content type, its size does: as base64 it is a third longer than its bytes. */
function isBase64(key: string, text: string, value: PlainObject, params: PlainObject): boolean {
  if (!contentKeys.has(key)) return false
  const asked = own(params, 'encoding') ?? own(params, 'as')
  if (asked === 'base64') return true
  const bytes = own(value, 'bytes')
  return typeof bytes === 'number' && text.length === 4 * Math.ceil(bytes / 3) && text.length > bytes
}

/** The parts of a tool's content that are images, sounds and files. */
function withoutParts(path: string, value: unknown, level: number): VisibleValue {
  if (level > mostLevels || typeof value !== 'object' || value === null) return { value, unshown: [] }
  if (isPlainObject(value)) {
    const key = binaryKey(value)
    const data = key === undefined ? undefined : own(value, key)
    if (key !== undefined && typeof data === 'string' && data.length > mostShown) {
      const kind = own(value, 'mimeType')
      const rest = Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
      return { value: rest, unshown: [unshownAt(`${path}.${key}`, data, typeof kind === 'string' ? kind : undefined)] }
    }
  }
  const unshown: Unshown[] = []
  const inside = (at: string, member: unknown): unknown => {
    const shown = withoutParts(at, member, level + 1)
    unshown.push(...shown.unshown)
    return shown.value
  }
  const copy: unknown = Array.isArray(value)
    ? value.map((member, place) => inside(`${path}[${place}]`, member))
    : Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inside(`${path}.${key}`, member)]))
  return unshown.length === 0 ? { value, unshown } : { value: copy, unshown }
}

function binaryKey(part: PlainObject): 'data' | 'blob' | undefined {
  const type = own(part, 'type')
  if ((type === 'image' || type === 'audio') && typeof own(part, 'data') === 'string') return 'data'
  return typeof own(part, 'blob') === 'string' && typeof own(part, 'uri') === 'string' ? 'blob' : undefined
}

function unshownAt(path: string, base64: string, kind?: string): Unshown {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0
  const bytes = Math.floor((base64.length * 3) / 4) - padding
  return { path, line: `${showPath(path)}: ${bytes} bytes${kind === undefined ? '' : ` of ${kind}`} in base64, not shown` }
}
