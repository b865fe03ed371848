import type * as t from 'io-ts'
import { descriptionOf } from './described.js'
import type { JsonSchema } from './jsonSchema.js'
import type { Shape } from './shape.js'
import { shapeOf } from './shape.js'

/** The JSON Schema of a codec, walked from its parts; undefined when a part carries none. */
export function jsonSchemaOf(codec: t.Mixed): JsonSchema | undefined {
  const shape = shapeOf(codec)
  const schema = shape === undefined ? undefined : schemaOf(shape)
  const description = descriptionOf(codec)
  return schema === undefined || description === undefined ? schema : { ...schema, description }
}

function schemaOf(shape: Shape): JsonSchema | undefined {
  switch (shape._tag) {
    case 'WithSchema':
      return shape.schema
    case 'ClosedType':
      return objectSchema(shape)
    case 'ListType': {
      const items = jsonSchemaOf(shape.item)
      const limits = {
        ...(shape.minItems > 0 && { minItems: shape.minItems }),
        ...(shape.maxItems < Infinity && { maxItems: shape.maxItems }),
      }
      return items && { type: 'array', items, ...limits }
    }
    case 'DictionaryOfType': {
      const additionalProperties = jsonSchemaOf(shape.item)
      return additionalProperties && { type: 'object', additionalProperties }
    }
    case 'AnyOfType': {
      const members = shape.members.map(jsonSchemaOf)
      return members.every((member) => member !== undefined) ? { anyOf: members } : undefined
    }
  }
}

function objectSchema({ required, optional, ignored }: Extract<Shape, { readonly _tag: 'ClosedType' }>): JsonSchema | undefined {
  const properties: Record<string, JsonSchema> = {}
  for (const [key, codec] of [...Object.entries(required), ...Object.entries(optional)]) {
    const schema = jsonSchemaOf(codec)
    if (schema === undefined) return undefined
    properties[key] = schema
  }
  const free = ignored === undefined ? {} : { patternProperties: { [`^${ignored}`]: {} } }
  return { type: 'object', properties, ...free, required: Object.keys(required), additionalProperties: false }
}
