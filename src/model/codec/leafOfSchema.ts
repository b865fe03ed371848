import { isPlainObject, own } from './plainObject.js'

/** What a JSON Schema says of one key of its values: that it is always there, may be missing, is never there, or nothing. */
export type LeafOfSchema =
  | { readonly type: 'always' | 'maybe'; readonly schema: unknown }
  | { readonly type: 'never'; readonly known: readonly string[] }
  | { readonly type: 'unsaid' }

const unsaid: LeafOfSchema = { type: 'unsaid' }

/** What leads elsewhere or adds conditions: who would want to know more has to have a whole validator. */
const indirect = [
  '$ref',
  '$dynamicRef',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'if',
  'dependentSchemas',
  'patternProperties',
  'unevaluatedProperties',
]

export function leafOfSchema(schema: unknown, key: string | number): LeafOfSchema {
  if (!isPlainObject(schema) || indirect.some((keyword) => own(schema, keyword) !== undefined)) return unsaid
  const type = own(schema, 'type')
  if (type === 'array') return ofList(own(schema, 'items'), key)
  const properties = own(schema, 'properties')
  if (type !== 'object' || !isPlainObject(properties)) return unsaid
  const property = own(properties, String(key))
  if (property !== undefined) {
    const required = own(schema, 'required')
    return { type: Array.isArray(required) && required.includes(String(key)) ? 'always' : 'maybe', schema: property }
  }
  const others = own(schema, 'additionalProperties')
  // A schema of no property at all is one that nobody took the trouble to write.
  if (others === false) return { type: 'never', known: Object.keys(properties) }
  return Object.keys(properties).length === 0 ? unsaid : { type: 'maybe', schema: others }
}

function ofList(items: unknown, key: string | number): LeafOfSchema {
  return /^(?:0|[1-9]\d*)$/.test(String(key)) ? { type: 'always', schema: items } : { type: 'never', known: [] }
}
