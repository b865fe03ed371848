/** A JSON Schema (draft 2020-12), as far as this library writes one. */
export type JsonSchema = { readonly [keyword: string]: JsonSchemaValue }

type JsonSchemaValue = string | number | boolean | null | JsonSchema | readonly JsonSchemaValue[]
