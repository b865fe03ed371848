import { own, type PlainObject } from '../../../model/codec/plainObject.js'
import { fieldsOf, numberOf, objectOf, objectsIn, textOf } from './jsonLine.js'
import type { RunnerEvent } from './runnerEvent.js'
import { usageOf } from '../../../model/usage.js'

/** The lines of `claude -p --output-format stream-json --verbose`: a message each, and one `result` at the end. */
export function readClaude(line: string): readonly RunnerEvent[] {
  const object = objectOf(line)
  if (object === undefined) return line.trim() === '' ? [] : [{ type: 'output', text: `${line}\n` }]
  switch (textOf(object, 'type') ?? '') {
    case 'assistant':
      return objectsIn(fieldsOf(object, 'message'), 'content').flatMap(contentEvents)
    case 'result':
      return resultEvents(object)
    default:
      return []
  }
}

function contentEvents(content: PlainObject): readonly RunnerEvent[] {
  switch (textOf(content, 'type') ?? '') {
    case 'text':
      return [{ type: 'output', text: `${textOf(content, 'text') ?? ''}\n` }]
    case 'tool_use':
      return [{ type: 'progress', message: `uses ${textOf(content, 'name') ?? 'a tool'}` }]
    default:
      return []
  }
}

function resultEvents(object: PlainObject): readonly RunnerEvent[] {
  const usage = fieldsOf(object, 'usage')
  const parts = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'].map((key) => numberOf(usage, key))
  const input = parts[0] === undefined ? undefined : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)
  const spent: RunnerEvent = { type: 'usage', usage: usageOf(input, numberOf(usage, 'output_tokens'), numberOf(object, 'total_cost_usd')) }
  const text = textOf(object, 'result')
  const subtype = textOf(object, 'subtype') ?? 'unknown'
  if (own(object, 'is_error') === true || subtype !== 'success')
    return [spent, { type: 'failure', message: text ?? `it ended with ${subtype}` }]
  const denied = deniedTools(object)
  if (denied.length > 0) return [spent, { type: 'failure', message: deniedMessage(denied) }]
  return [spent, { type: 'answer', text: text ?? '' }, { type: 'done' }]
}

/** The tools it wanted and was not allowed to use: what it says it did, it may not have done. */
function deniedTools(object: PlainObject): readonly string[] {
  return [...new Set(objectsIn(object, 'permission_denials').map((denial) => textOf(denial, 'tool_name') ?? 'a tool'))]
}

function deniedMessage(tools: readonly string[]): string {
  return `it was denied permission to use ${tools.join(', ')}. Allow that in the arguments of its runner, such as --allowedTools or --permission-mode`
}
