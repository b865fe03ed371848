import { answer, type ToolAnswer } from '../../../src/mcp/answers/toolAnswer.js'
import type { ServedCall } from '../../../src/mcp/call.js'
import type { Tool } from '../../../src/mcp/tool.js'

// What the protocol's own suite calls: the serving code is the product's, these stand in for its tools.

const nothing = { type: 'object', properties: {} } as const

function tool(
  name: string,
  perform: (call: ServedCall) => ToolAnswer | Promise<ToolAnswer>,
  inputSchema: Tool['inputSchema'] = nothing,
): Tool {
  return {
    name,
    describe: () => `The tool ${name} of the suite.`,
    inputSchema,
    annotations: { readOnlyHint: true, openWorldHint: false },
    perform: (_input, _host, call) => Promise.resolve(perform(call)),
  }
}

/** An answer of any content: the product's own answers are text. */
function content(...parts: readonly object[]): ToolAnswer {
  return { content: parts, structuredContent: {} } as unknown as ToolAnswer
}

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=='
const silence = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA='
const image = { type: 'image', data: pixel, mimeType: 'image/png' }
const resource = {
  type: 'resource',
  resource: { uri: 'test://embedded', mimeType: 'text/plain', text: 'This is an embedded resource content.' },
}

const dialect = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: { address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } } },
  properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
  additionalProperties: false,
} as const

export const fixtureTools: readonly Tool[] = [
  tool('test_simple_text', () => answer('This is a simple text response for testing.', {})),
  tool('test_image_content', () => content(image)),
  tool('test_audio_content', () => content({ type: 'audio', data: silence, mimeType: 'audio/wav' })),
  tool('test_embedded_resource', () => content(resource)),
  tool('test_multiple_content_types', () => content({ type: 'text', text: 'several' }, image, resource)),
  tool('test_error_handling', () => ({ ...answer('This tool intentionally returns an error for testing', {}), isError: true })),
  tool('test_tool_with_progress', ({ onProgress }) => {
    for (const progress of [0, 50, 100]) onProgress?.({ progress, total: 100, message: `${progress} %` })
    return answer('done', {})
  }),
  tool('json_schema_2020_12_tool', () => answer('done', {}), dialect),
]
