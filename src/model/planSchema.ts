import { jsonSchemaOf } from './codec/jsonSchemaOf.js'
import type { JsonSchema } from './codec/jsonSchema.js'
import { Plan } from './plan.js'

/** The JSON Schema of a plan, as published in `millrace/plan.schema.json`. */
export function planJsonSchema(): JsonSchema {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'millrace plan', ...jsonSchemaOf(Plan) }
}
