import type { CallToolResult } from '@modelcontextprotocol/client'
import type * as t from 'io-ts'
import type { JsonSchema } from '../../model/codec/jsonSchema.js'
import { anyJson } from '../../model/codec/values.js'
import { withSchema } from '../../model/codec/withSchema.js'

/**
 * What a tool gave, as one value: its structured content; without one, the JSON in its text, or the text; and where there is more than
 * text (images, resources), the whole list of its content. Nothing at all is `null`.
 */
export function valueOfResult({ content, structuredContent }: CallToolResult): unknown {
  if (structuredContent !== undefined) return structuredContent
  if (content.some(({ type }) => type !== 'text')) return content
  const text = textOfResult(content)
  return content.length === 0 ? null : (parsed(text) ?? text)
}

/** The texts of a result, a line each. */
export function textOfResult(content: CallToolResult['content']): string {
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
}

/** An object or a list in a text; undefined where it is none: a number may be a name, and stays text. */
function parsed(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    // A text that only begins as JSON does.
    return undefined
  }
}

/** The codec of such a value; with a declared schema references into it can be checked before the run. */
export function valueCodec(outputSchema: JsonSchema | undefined): t.Type<unknown, unknown, unknown> {
  return outputSchema === undefined
    ? anyJson
    : withSchema('what its output schema says', outputSchema, (value): value is unknown => value !== undefined)
}
