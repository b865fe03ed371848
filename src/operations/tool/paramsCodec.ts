import type { JsonSchemaValidator } from '@modelcontextprotocol/client'
import * as t from 'io-ts'
import type { JsonSchema } from '../../model/codec/jsonSchema.js'
import type { WithSchema } from '../../model/codec/withSchema.js'

export type ToolParams = Readonly<Record<string, unknown>>

/** What a tool is given, checked by the schema it declares before it is called. A fault says what the schema says. */
export function paramsCodec(tool: string, schema: JsonSchema, validate: JsonSchemaValidator<unknown>): WithSchema<ToolParams> {
  const fits = (value: unknown): value is ToolParams => typeof value === 'object' && value !== null && validate(value).valid
  const check = (value: unknown, context: t.Context): t.Validation<ToolParams> => {
    if (fits(value)) return t.success(value)
    const reason = validate(value).errorMessage ?? 'it is not an object'
    // The name of the last type in the context is what a fault says was expected.
    const expected = new t.Type<unknown, unknown, unknown>(
      `params that fit the schema of "${tool}" (${reason})`,
      t.unknown.is,
      t.success,
      t.identity,
    )
    return t.failures([{ value, context: [...context.slice(0, -1), { key: context.at(-1)?.key ?? '', type: expected, actual: value }] }])
  }
  const codec = new t.Type<ToolParams, ToolParams, unknown>(`params of ${tool}`, fits, check, t.identity)
  return Object.assign(codec, { _tag: 'WithSchema' as const, schema: { ...schema, type: 'object' } })
}
