import { own, type PlainObject } from '../../../model/codec/plainObject.js'
import { numberOf, objectOf, textOf } from './jsonLine.js'
import type { RunnerEvent } from './runnerEvent.js'
import { usageOf } from '../../../model/usage.js'

/**
 * The lines of an agent program of one's own, each an object with a `type`:
 *
 *     {"type": "output", "text": "looking"}
 *     {"type": "progress", "fraction": 0.5, "message": "half of it"}
 *     {"type": "usage", "inputTokens": 120, "outputTokens": 8}
 *     {"type": "result", "text": "all fine"}        or {"type": "result", "value": {"fine": true}}
 *     {"type": "error", "message": "no such page"}  or {"type": "input-required", "message": "Which branch?"}
 *
 * Any other line, also an object with an unknown type, is output. A result with neither text nor value says nothing.
 */
export function readNdjson(line: string): readonly RunnerEvent[] {
  const object = objectOf(line)
  if (object === undefined) return line.trim() === '' ? [] : [{ type: 'output', text: `${line}\n` }]
  switch (textOf(object, 'type') ?? '') {
    case 'output':
      return [{ type: 'output', text: textOf(object, 'text') ?? '' }]
    case 'progress':
      return [progressOf(object)]
    case 'usage':
      return [
        { type: 'usage', usage: usageOf(numberOf(object, 'inputTokens'), numberOf(object, 'outputTokens'), numberOf(object, 'costUsd')) },
      ]
    case 'result':
      return resultEvents(object)
    case 'error':
      return [{ type: 'failure', message: textOf(object, 'message') ?? 'it gave no reason' }]
    case 'input-required':
      return [{ type: 'input-required', question: textOf(object, 'message') ?? 'it did not say what' }]
    default:
      return [{ type: 'output', text: `${line}\n` }]
  }
}

function resultEvents(object: PlainObject): readonly RunnerEvent[] {
  const value = own(object, 'value')
  const text = textOf(object, 'text') ?? (value === undefined ? undefined : JSON.stringify(value))
  return [...(text === undefined ? [] : [{ type: 'answer', text } as const]), { type: 'done' }]
}

function progressOf(object: PlainObject): RunnerEvent {
  const fraction = numberOf(object, 'fraction')
  const message = textOf(object, 'message')
  return {
    type: 'progress',
    ...(fraction !== undefined && { fraction: Math.min(1, Math.max(0, fraction)) }),
    ...(message !== undefined && { message }),
  }
}
