// mcp/answers/told: what an answer tells of how operations ended, by what its reader cannot know already.
import { isPlainObject, own, type PlainObject } from '../../../model/codec/plainObject.js'
import type { ValueTraits } from '../form/block.js'

/** What is known of an operation when its value is told. */
export interface ToldOperation {
  /** `file.read`. */
  readonly name: string
  /** As the plan gives them. */
  readonly params: PlainObject
}

/** What an answer reports of a value that nobody asked for by name; undefined when success is the whole answer. */
export function toldOf({ name, params }: ToldOperation, value: unknown): unknown {
  if (!isPlainObject(value)) return value
  const pick = (...keys: readonly string[]): PlainObject =>
    Object.fromEntries(keys.flatMap((key) => (Object.hasOwn(value, key) ? [[key, value[key]]] : [])))
  switch (name) {
    case 'file.write':
    case 'file.create':
    case 'file.append':
    case 'file.copy':
    case 'file.move':
    case 'file.mkdir':
    case 'file.rmdir':
      return undefined
    case 'file.edit':
      return editsOf(params) === own(value, 'replacements') ? undefined : pick('replacements')
    case 'file.delete':
      return own(value, 'deleted') === false ? pick('deleted') : undefined
    case 'file.read':
      return { ...pick('path', 'content'), ...truncated(value) }
    case 'file.search':
      return isEmpty(own(value, 'matches')) ? pick('files') : { ...pick('matches'), ...truncated(value) }
    case 'shell.run': {
      const exitCode = own(value, 'exitCode')
      const streams = ['stdout', 'stderr'].filter((key) => own(value, key) !== '')
      const told = { ...(exitCode !== 0 && pick('exitCode')), ...pick(...streams, 'notText'), ...truncated(value) }
      return Object.keys(told).length === 0 ? undefined : told
    }
    case 'http.request': {
      const headers = own(value, 'headers')
      const location = isPlainObject(headers) ? own(headers, 'location') : undefined
      return { ...pick('status'), ...(location !== undefined && { location }), ...pick('body') }
    }
    default:
      return value
  }
}

/** What is known of the member of a value, or of the value itself at no key. */
export function traitsAt({ name }: ToldOperation, keys: readonly (string | number)[]): ValueTraits {
  const [key] = keys
  if (keys.length > 1) return {}
  switch (name) {
    case 'file.read':
      return key === undefined ? { naming: 'path' } : { file: key === 'content' }
    case 'file.search':
      return key === 'matches' ? { found: 'matches' } : {}
    case 'file.glob':
      return key === 'paths' ? { found: 'paths' } : {}
    case 'shell.run':
      return { output: key === 'stdout' || key === 'stderr' }
    default:
      return {}
  }
}

function truncated(value: PlainObject): PlainObject {
  return own(value, 'truncated') === true ? { truncated: true } : {}
}

function editsOf(params: PlainObject): number | undefined {
  const edits = own(params, 'edits')
  return Array.isArray(edits) ? edits.length : undefined
}

function isEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0
}
