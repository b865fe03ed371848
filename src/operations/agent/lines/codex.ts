import type { PlainObject } from '../../../model/codec/plainObject.js'
import { fieldsOf, numberOf, objectOf, textOf } from './jsonLine.js'
import type { RunnerEvent } from './runnerEvent.js'
import { usageOf } from '../../../model/usage.js'

/** The lines of `codex exec --json`: items as they begin and end, and one `turn.completed` or `turn.failed`. */
export function readCodex(line: string): readonly RunnerEvent[] {
  const object = objectOf(line)
  if (object === undefined) return line.trim() === '' ? [] : [{ type: 'output', text: `${line}\n` }]
  switch (textOf(object, 'type') ?? '') {
    case 'item.started':
      return startedItem(fieldsOf(object, 'item'))
    case 'item.completed':
      return completedItem(fieldsOf(object, 'item'))
    case 'turn.completed': {
      const usage = fieldsOf(object, 'usage')
      return [{ type: 'usage', usage: usageOf(numberOf(usage, 'input_tokens'), numberOf(usage, 'output_tokens')) }, { type: 'done' }]
    }
    case 'turn.failed':
      return [{ type: 'failure', message: textOf(fieldsOf(object, 'error'), 'message') ?? 'its turn failed' }]
    case 'error':
      // It may still recover from this one: only a failed turn is an end.
      return [{ type: 'progress', message: textOf(object, 'message') ?? 'an error' }]
    default:
      return []
  }
}

function startedItem(item: PlainObject): readonly RunnerEvent[] {
  switch (textOf(item, 'type') ?? '') {
    case 'command_execution':
      return [{ type: 'progress', message: `runs ${textOf(item, 'command') ?? 'a command'}` }]
    case 'mcp_tool_call':
      return [{ type: 'progress', message: `uses ${textOf(item, 'tool') ?? 'a tool'}` }]
    case 'web_search':
      return [{ type: 'progress', message: `searches ${textOf(item, 'query') ?? 'the web'}` }]
    default:
      return []
  }
}

function completedItem(item: PlainObject): readonly RunnerEvent[] {
  const text = textOf(item, 'text') ?? ''
  switch (textOf(item, 'type') ?? '') {
    case 'agent_message':
      return [
        { type: 'output', text: `${text}\n` },
        { type: 'answer', text },
      ]
    case 'file_change':
      return [{ type: 'progress', message: 'changed files' }]
    default:
      return []
  }
}
