import type * as t from 'io-ts'
import { isPlainObject, own, setOwn, type PlainObject } from '../../model/codec/plainObject.js'
import { fieldOf, shapeOf } from '../../model/codec/shape.js'
import { quoteValue } from '../../model/fault/quote.js'
import type { OperationRegistry } from '../../model/operationType.js'

/** A message as it was meant, and how it was read where it did not say so. */
export interface MeantCall {
  readonly input: unknown
  readonly notes: readonly string[]
}

/**
 * Reads what models commonly send for something else: JSON text where an object or list belongs, `null` for what is left out, numbers as
 * text, one for a list, `dependsOn`, both names of an operation type in one.
 *
 * Only what the codec refuses is read in another way, and only where that way is one that it takes. A command is never guessed at: no text
 * is split into words.
 */
export async function meantCall(
  codec: t.Mixed,
  input: unknown,
  typesFor: (plan: PlainObject) => Promise<OperationRegistry>,
): Promise<MeantCall> {
  const notes = new Set<string>()
  const call = meant(codec, parsedObject('the call', input, notes), '', notes)
  const operations = isPlainObject(call) ? own(call, 'operations') : undefined
  if (!isPlainObject(call) || !Array.isArray(operations)) return { input: call, notes: [...notes] }
  const named: readonly unknown[] = operations.map((operation: unknown) => meantOperation(operation, codec, notes))
  // What params are expected is known once it is known of what.
  const registry = await typesFor({ ...call, operations: named })
  return { input: { ...call, operations: named.map((operation) => meantParams(operation, registry, notes)) }, notes: [...notes] }
}

/** Names that other planners use for fields of an operation. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['dependsOn', 'dependencies'],
  ['depends_on', 'dependencies'],
  ['dependency', 'dependencies'],
  ['needs', 'dependencies'],
  ['after', 'dependencies'],
  ['timeout_ms', 'timeoutMs'],
])

function meantOperation(operation: unknown, call: t.Mixed, notes: Set<string>): unknown {
  if (!isPlainObject(operation)) return operation
  const named = {}
  for (const [key, value] of Object.entries(operation)) {
    const name = otherNames.get(key)
    const taken = name !== undefined && own(operation, name) === undefined
    if (taken) notes.add(`${key} as ${name}`)
    setOwn(named, taken ? name : key, value)
  }
  const item = itemOf(call, 'operations')
  return bothNames(item === undefined ? named : meant(item, named, '', notes), notes)
}

/** `type: "file.read"`, or the whole name as the operation of its family. */
function bothNames(operation: unknown, notes: Set<string>): unknown {
  if (!isPlainObject(operation)) return operation
  const [type, name] = [own(operation, 'type'), own(operation, 'operation')]
  const dot = typeof type === 'string' ? type.indexOf('.') : -1
  if (typeof type === 'string' && dot > 0 && (name === undefined || name === type.slice(dot + 1) || name === type)) {
    notes.add(`type ${quoteValue(type)} as both names`)
    return { ...operation, type: type.slice(0, dot), operation: type.slice(dot + 1) }
  }
  if (typeof name !== 'string' || !name.includes('.')) return operation
  const family = name.slice(0, name.indexOf('.'))
  if (type === undefined || type === family) {
    notes.add(`operation ${quoteValue(name)} as both names`)
    return { ...operation, type: family, operation: name.slice(family.length + 1) }
  }
  return operation
}

function meantParams(operation: unknown, registry: OperationRegistry, notes: Set<string>): unknown {
  if (!isPlainObject(operation)) return operation
  const params = own(operation, 'params')
  const [family, name] = [own(operation, 'type'), own(operation, 'operation')]
  const type = typeof family === 'string' && typeof name === 'string' ? registry.get(`${family}.${name}`) : undefined
  if (type === undefined || !isPlainObject(params)) return operation
  const read = meant(type.params, params, '', notes)
  return read === params ? operation : { ...operation, params: read }
}

/** A value as a codec takes it, where there is one evident way; else as it is. */
function meant(codec: t.Mixed, value: unknown, name: string, notes: Set<string>): unknown {
  if (codec.is(value) || holdsMarker(value)) return value
  const shape = shapeOf(codec)
  switch (shape?._tag) {
    case undefined:
      return value
    case 'ClosedType': {
      const given = parsedObject(name, value, notes)
      if (!isPlainObject(given)) return value
      return eachField(given, (field, member) => {
        const of = fieldOf(shape, field)
        if (of === undefined) return member
        if (member === null && !of.is(null) && !Object.hasOwn(shape.required, field)) {
          notes.add('null as left out')
          return undefined
        }
        // No shell reads a command and nothing else may split it either.
        return field === 'command' ? member : meant(of, member, field, notes)
      })
    }
    case 'ListType': {
      const list = parsedList(name, value, notes)
      if (Array.isArray(list)) return list.map((member: unknown) => meant(shape.item, member, name, notes))
      const one = meant(shape.item, value, name, notes)
      if (value === null || value === undefined || !shape.item.is(one)) return value
      notes.add(`${name} ${quoteValue(value)} as a list of one`)
      return [one]
    }
    case 'DictionaryOfType': {
      const given = parsedObject(name, value, notes)
      return isPlainObject(given) ? eachField(given, (field, member) => meant(shape.item, member, field, notes)) : value
    }
    case 'AnyOfType': {
      for (const member of shape.members) {
        const own = new Set<string>()
        const read = meant(member, value, name, own)
        if (!member.is(read)) continue
        for (const note of own) notes.add(note)
        return read
      }
      return value
    }
    case 'WithSchema':
      return meantScalar(codec, value, name, notes)
  }
}

/** A number or truth value in quotes, or a text without them. */
function meantScalar(codec: t.Mixed, value: unknown, name: string, notes: Set<string>): unknown {
  const candidates: readonly unknown[] =
    typeof value === 'string'
      ? [...(/^-?\d+(?:\.\d+)?$/.test(value) ? [Number(value)] : []), ...(value === 'true' ? [true] : value === 'false' ? [false] : [])]
      : typeof value === 'number' && ['id', 'dependencies', 'returns'].includes(name)
        ? [String(value)]
        : []
  const read = candidates.find((candidate) => codec.is(candidate))
  if (read === undefined) return value
  notes.add(`${name} ${quoteValue(value)} as ${quoteValue(read)}`)
  return read
}

function parsedObject(name: string, value: unknown, notes: Set<string>): unknown {
  return parsed(name, value, '{', notes)
}

function parsedList(name: string, value: unknown, notes: Set<string>): unknown {
  return parsed(name, value, '[', notes)
}

function parsed(name: string, value: unknown, opening: '{' | '[', notes: Set<string>): unknown {
  if (typeof value !== 'string' || !value.trimStart().startsWith(opening)) return value
  try {
    const read: unknown = JSON.parse(value)
    notes.add(`${name} as the ${opening === '{' ? 'object' : 'list'} in its text`)
    return read
  } catch {
    // No JSON after all: the codec says what it wants in its place.
    return value
  }
}

/** The same object, or one without the fields for which nothing is left. */
function eachField(given: PlainObject, read: (field: string, value: unknown) => unknown): PlainObject {
  const fields = {}
  let changed = false
  for (const [field, value] of Object.entries(given)) {
    const now = read(field, value)
    changed ||= now !== value
    if (now !== undefined) setOwn(fields, field, now)
  }
  return changed ? fields : given
}

/** What will only be known in the run is checked there. */
function holdsMarker(value: unknown): boolean {
  return isPlainObject(value) && Object.keys(value).some((key) => key.startsWith('$'))
}

function itemOf(codec: t.Mixed, field: string): t.Mixed | undefined {
  const shape = shapeOf(codec)
  if (shape?._tag !== 'ClosedType') return undefined
  const list = shapeOf(fieldOf(shape, field) ?? codec)
  return list?._tag === 'ListType' ? list.item : undefined
}
