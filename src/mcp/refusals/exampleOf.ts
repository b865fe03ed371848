import type * as t from 'io-ts'
import { isPlainObject, own, setOwn, type PlainObject } from '../../model/codec/plainObject.js'
import { shapeOf } from '../../model/codec/shape.js'
import type { OperationType } from '../../model/operationType.js'
import { isSecretField } from '../../model/secrets/secretFields.js'
import { compactJson } from '../answers/form/compactJson.js'
import { fieldMeant } from '../../model/fault/fieldMeant.js'

/** Longer text of a call is not repeated in an example. */
const mostKept = 80

/** One right call of an operation type, with what can be kept of the one that was wrong. */
export function exampleOf({ type, operation, params: codec }: OperationType, given: PlainObject): string {
  const name = `${type}.${operation}`
  // Elsewhere a pattern is what to look for; here it would say in which files.
  const wanted = name === 'file.search' && own(given, 'text') === undefined && typeof own(given, 'pattern') === 'string'
  const { pattern, ...others } = given
  return compactJson({ type: name, params: exampleParams(codec, wanted ? { ...others, text: pattern } : given) })
}

/** A command as the list it has to be, written so that it can be copied. */
export function commandList(params: PlainObject): string {
  const given = own(params, 'command') ?? own(params, 'cmd') ?? own(params, 'script') ?? own(params, 'commandline')
  return `[${commandOf(given, own(params, 'args'))
    .map((word) => JSON.stringify(word))
    .join(', ')}]`
}

function exampleParams(codec: t.Mixed, given: PlainObject): PlainObject {
  const shape = shapeOf(codec)
  if (shape?._tag !== 'ClosedType') return fromSchema(codec, given)
  const known = [...Object.keys(shape.required), ...Object.keys(shape.optional)]
  const meant = namedRight(given, known)
  const params = {}
  for (const [field, of] of Object.entries(shape.required)) setOwn(params, field, kept(of, field, own(meant, field), meant))
  for (const [field, of] of Object.entries(shape.optional)) {
    const value = own(meant, field)
    if (value !== undefined && !isSecretField(field) && fits(of, value) && isShort(value)) setOwn(params, field, value)
  }
  return params
}

/** The fields of a call under the names they have here; what already has its name stays. */
function namedRight(given: PlainObject, known: readonly string[]): PlainObject {
  const right = {}
  for (const [name, value] of Object.entries(given)) if (known.includes(name)) setOwn(right, name, value)
  for (const [name, value] of Object.entries(given)) {
    const field = known.includes(name) ? undefined : fieldMeant(name, known)
    if (field !== undefined && own(right, field) === undefined) setOwn(right, field, value)
    else if (field !== undefined && field !== name) setOwn(right, name, value)
  }
  return right
}

function kept(codec: t.Mixed, field: string, value: unknown, given: PlainObject): unknown {
  if (field === 'command') return commandOf(value, own(given, 'args'))
  if (field === 'edits' && !fits(codec, value))
    return [{ find: textOf(given, editNames.find, 'old'), replace: textOf(given, editNames.replace, 'new') }]
  if (value !== undefined && !isSecretField(field) && fits(codec, value)) return isShort(value) ? value : '…'
  return placeholders[field] ?? placeholderOf(codec)
}

const editNames = {
  find: ['find', 'old_string', 'old_str', 'oldText', 'old_text', 'edits', 'search', 'old'],
  replace: ['replace', 'new_string', 'new_str', 'newText', 'new_text', 'replacement', 'new'],
}

function textOf(given: PlainObject, names: readonly string[], otherwise: string): string {
  const found = names.map((name) => own(given, name)).find((value) => typeof value === 'string')
  return typeof found === 'string' && isShort(found) ? found : otherwise
}

/** Words that no shell has to read, as a list; anything else for a shell. */
function commandOf(value: unknown, args: unknown): readonly string[] {
  const words = Array.isArray(value) ? value : typeof value === 'string' && value.trim() !== '' ? split(value.trim()) : ['npm', 'test']
  const more = Array.isArray(args) ? args : typeof args === 'string' ? split(args) : []
  const all = [...(words as readonly unknown[]), ...(more as readonly unknown[])].map(wordOf)
  return isShort(all) ? all : ['npm', 'test']
}

/** A list or an object has no text of its own, and may even refuse to become one. */
function wordOf(word: unknown): string {
  return typeof word === 'object' || word === undefined ? '…' : String(word as string | number | boolean)
}

function split(text: string): readonly string[] {
  return /^[\w@%+=:,./ -]+$/.test(text) ? text.split(/ +/) : ['sh', '-c', text]
}

const placeholders: Readonly<Record<string, unknown>> = {
  path: 'a.txt',
  destination: 'b.txt',
  content: 'x',
  text: 'words',
  pattern: '**/*.ts',
  url: 'https://example.com/',
}

function placeholderOf(codec: t.Mixed): unknown {
  const candidates: readonly unknown[] = ['x', 1, true, ['x'], [], {}]
  return candidates.find((candidate) => codec.is(candidate)) ?? 'x'
}

function fits(codec: t.Mixed, value: unknown): boolean {
  return codec.is(value) || (isPlainObject(value) && Object.keys(value).some((key) => key === '$ref' || key === '$template'))
}

function isShort(value: unknown): boolean {
  return compactJson(value).length <= mostKept
}

/** A tool of another server says by its schema what it needs. */
function fromSchema(codec: t.Mixed, given: PlainObject): PlainObject {
  const shape = shapeOf(codec)
  const schema = shape?._tag === 'WithSchema' ? shape.schema : {}
  const { properties, required } = schema as { readonly properties?: unknown; readonly required?: unknown }
  if (!isPlainObject(properties)) return {}
  const known = Object.keys(properties)
  const needed: readonly unknown[] = Array.isArray(required) ? required : []
  const right = namedRight(given, known)
  const params = {}
  for (const field of known) {
    const value = own(right, field)
    if (value !== undefined && isShort(value) && !isSecretField(field)) setOwn(params, field, value)
    else if (needed.includes(field)) setOwn(params, field, placeholders[field] ?? schemaPlaceholder(own(properties, field)))
  }
  return params
}

function schemaPlaceholder(schema: unknown): unknown {
  const type = isPlainObject(schema) ? own(schema, 'type') : undefined
  switch (type) {
    case 'number':
    case 'integer':
      return 1
    case 'boolean':
      return true
    case 'array':
      return []
    case 'object':
      return {}
    default:
      return 'x'
  }
}
