import * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { anyOf, array, record } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { isPlainObject, own } from '../../model/codec/plainObject.js'
import { anyJson, integer, oneOf, text } from '../../model/codec/values.js'

const filled = text({ minLength: 1 })

const type = described(filled, 'The family of the operation: file, shell, http, …; or both names in one: file.write.')
const operation = described(filled, 'What it does: write, run, request, … Left out where type has both names.')
const params = described(record(anyJson), 'What the operation is given.')

const InTwoWords = closed('an operation', { type, operation }, { params })
const InOneWord = closed('an operation', { type }, { operation, params })

/** An operation an agent performs: `file` and `read`, or `file.read`. */
export const OperationTask = Object.assign(
  new t.Type<t.TypeOf<typeof InOneWord>, unknown, unknown>(
    InOneWord.name,
    (value): value is t.TypeOf<typeof InOneWord> => formOf(value).is(value),
    (value, context) => formOf(value).validate(value, context),
    t.identity,
  ),
  { _tag: InOneWord._tag, required: InOneWord.required, optional: InOneWord.optional, ignored: InOneWord.ignored },
)
export type OperationTask = t.TypeOf<typeof OperationTask>

/** The one by which a value is judged: without a dot in its type it has to have the second name. */
function formOf(value: unknown): typeof InOneWord | typeof InTwoWords {
  const word = isPlainObject(value) ? own(value, 'type') : undefined
  return typeof word === 'string' && word.includes('.') ? InOneWord : InTwoWords
}

// A fault names what was expected: both forms, rather than the names of two codecs.
const name = 'a task: text, or an operation such as {"type": "file.read", "params": {"path": "a.txt"}}'

/** What an agent is asked to do: an operation, or a task in words. */
export const Task = Object.assign(anyOf(filled, OperationTask), { name })
export type Task = t.TypeOf<typeof Task>

/** Operations that have to succeed on what an agent did, before its own operation does. */
export const Accept = closed(
  'what decides whether work is accepted',
  { operations: described(array(OperationTask, { minItems: 1, maxItems: 100 }), 'Operations that must succeed, such as a test run.') },
  { tries: described(integer({ minimum: 1, maximum: 20 }), 'How often the agent can try; each failure is its next reply. Default 3.') },
)
export type Accept = t.TypeOf<typeof Accept>

/** What was said about a task before, as the failure of an agent that asked something back carries it. */
export const ConversationTurns = array(closed('a turn', { by: oneOf('agent', 'asker'), text: text() }, {}), { maxItems: 1_000 })
