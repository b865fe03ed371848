import type * as t from 'io-ts'
import type { JsonSchema } from '../../model/codec/jsonSchema.js'
import { jsonSchemaOf } from '../../model/codec/jsonSchemaOf.js'
import { isPlainObject } from '../../model/codec/plainObject.js'

// What a model must know to write a message is its fields and their kinds. Bounds are told by the fault that one runs into: every
// token here is paid for in each request of every session.
const leftOut: ReadonlySet<string> = new Set([
  'description',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'pattern',
])

/**
 * The schema of a codec in as few words as a model needs; `without` names fields that are taken and not taught.
 *
 * Of a choice between a number and an object the number is taught.
 */
export function compactSchema(codec: t.Mixed, without: ReadonlySet<string> = new Set()): JsonSchema {
  const schema = jsonSchemaOf(codec)
  if (schema === undefined) throw new TypeError(`A defect in millrace: the codec of ${codec.name} carries no JSON Schema.`)
  return compact(schema, without)
}

function compact(schema: JsonSchema, without: ReadonlySet<string>): JsonSchema {
  const { anyOf } = schema
  const simple: unknown = Array.isArray(anyOf) ? anyOf.find((choice) => isPlainObject(choice) && choice['type'] === 'integer') : undefined
  if (isPlainObject(simple)) return compact(simple as JsonSchema, without)
  const entries = Object.entries(schema).flatMap(([keyword, value]): readonly (readonly [string, JsonSchema[string]])[] => {
    if (leftOut.has(keyword)) return []
    if (keyword === 'properties' && isPlainObject(value)) return [[keyword, properties(value as JsonSchema, without)]]
    // An object with free keys is told by its type alone, and unknown fields are told of by faults that name the nearest known one.
    if (keyword === 'additionalProperties' || keyword === 'patternProperties') return []
    if (keyword === 'anyOf' && Array.isArray(value)) return [['type', typesOf(value as readonly JsonSchema[])]]
    if (keyword === 'required' && Array.isArray(value) && value.length === 0) return []
    if (keyword === 'items' && isPlainObject(value)) return [[keyword, compact(value as JsonSchema, without)]]
    // Some clients pass on only schemas whose every choice has a type.
    if (keyword === 'enum')
      return schema['type'] === undefined
        ? [
            ['type', 'string'],
            [keyword, value],
          ]
        : [[keyword, value]]
    return [[keyword, value]]
  })
  const made = Object.fromEntries(entries)
  // Some clients take no object whose properties are not told.
  return made['type'] === 'object' && made['properties'] === undefined ? { ...made, properties: {} } : made
}

/** A choice is told by the types it has; what else is wrong with a value is told by its fault. */
function typesOf(members: readonly JsonSchema[]): readonly string[] {
  return [...new Set(members.flatMap(({ type = 'string' }) => (typeof type === 'string' ? [type] : [])))]
}

/** Fields told in fewer words than their codecs have: the description shows their form, and no client misreads a choice of types. */
const shortened: { readonly [name: string]: JsonSchema } = {
  undo: { type: 'object', properties: {} },
  if: { type: 'object', properties: {} },
  each: {},
  returns: { type: 'array', items: { type: 'string' } },
}

function properties(fields: JsonSchema, without: ReadonlySet<string>): JsonSchema {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      without.has(name) ? [] : [[name, shortened[name] ?? compact(field as JsonSchema, without)]],
    ),
  )
}
