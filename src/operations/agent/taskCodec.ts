import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { anyOf, array, record } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { anyJson, integer, oneOf, text } from '../../model/codec/values.js'

const filled = text({ minLength: 1 })

const operation = {
  type: described(filled, 'The family of the operation: file, shell, http, …'),
  operation: described(filled, 'What it does: write, run, request, …'),
}

const params = described(record(anyJson), 'What the operation is given.')

/** An operation an agent performs. */
export const OperationTask = closed('an operation', operation, { params })
export type OperationTask = t.TypeOf<typeof OperationTask>

// A fault names what was expected: both forms, rather than the names of two codecs.
const name = 'a task: text, or an operation such as {"type": "file", "operation": "read", "params": {"path": "a.txt"}}'

/** What an agent is asked to do: an operation, or a task in words. */
export const Task = Object.assign(anyOf(filled, OperationTask), { name })
export type Task = t.TypeOf<typeof Task>

/** Operations that have to succeed on what an agent did, before its own operation does. */
export const Accept = closed(
  'what decides whether work is accepted',
  { operations: described(array(OperationTask, { minItems: 1, maxItems: 100 }), 'Operations that have to succeed, such as a test run.') },
  { tries: described(integer({ minimum: 1, maximum: 20 }), 'How often the agent can try; each failure is its next reply. Default 3.') },
)
export type Accept = t.TypeOf<typeof Accept>

/** What was said about a task before, as the failure of an agent that asked something back carries it. */
export const ConversationTurns = array(closed('a turn', { by: oneOf('agent', 'asker'), text: text() }, {}), { maxItems: 1_000 })
