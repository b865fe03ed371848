import type { CallToolResult } from '@modelcontextprotocol/client'
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import type { JsonSchema } from '../../model/codec/jsonSchema.js'
import { anyJson, text } from '../../model/codec/values.js'
import { withSchema } from '../../model/codec/withSchema.js'

/** What a tool gave: its text, and whatever else it gave in a form for programs. */
export interface ToolValue {
  readonly text: string
  readonly structured?: unknown
  readonly content?: readonly unknown[]
}

export function valueOfResult({ content, structuredContent }: CallToolResult): ToolValue {
  const others = content.filter(({ type }) => type !== 'text')
  return {
    text: content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n'),
    ...(structuredContent !== undefined && { structured: structuredContent }),
    ...(others.length > 0 && { content: others }),
  }
}

/** The codec of such a value; with a declared schema references into `structured` can be checked before the run. */
export function valueCodec(outputSchema: JsonSchema | undefined): t.Type<ToolValue, unknown, unknown> {
  const structured =
    outputSchema === undefined
      ? anyJson
      : withSchema('what its output schema says', outputSchema, (value): value is unknown => value !== undefined)
  return closed(
    'the result of a tool',
    { text: described(text(), 'The texts it gave, a line each.') },
    {
      structured: described(structured, 'What it gave in a form for programs.'),
      content: described(array(anyJson), 'Images, resources and the like.'),
    },
  )
}
