import type { PlainObject } from '../../../model/codec/plainObject.js'
import { fieldsOf, numberOf, objectOf, objectsIn, textOf } from '../lines/jsonLine.js'
import { usageOf } from '../lines/usageOf.js'
import type { Usage } from '../runner.js'

/** What has come of a streamed chat completion so far. */
export interface ChatState {
  text: string
  usage: Usage | undefined
  /** Whether it said that it is at its end. */
  ended: boolean
  error: string | undefined
}

/** One line of a stream of server-sent events; gives the text it adds. Other fields and comments are passed over. */
export function readChatLine(line: string, state: ChatState): string {
  if (!line.startsWith('data:')) return ''
  const data = line.slice('data:'.length).trim()
  if (data === '[DONE]') {
    state.ended = true
    return ''
  }
  const chunk = objectOf(data)
  return chunk === undefined ? '' : readChunk(chunk, state)
}

/** A chunk of a stream, or the whole of a completion that was not streamed. */
export function readChunk(chunk: PlainObject, state: ChatState): string {
  const problem = textOf(fieldsOf(chunk, 'error'), 'message')
  if (problem !== undefined) state.error = problem
  const usage = fieldsOf(chunk, 'usage')
  const [input, output] = [numberOf(usage, 'prompt_tokens'), numberOf(usage, 'completion_tokens')]
  if (input !== undefined || output !== undefined) state.usage = usageOf(input, output)
  const [choice = {}] = objectsIn(chunk, 'choices')
  if (textOf(choice, 'finish_reason') !== undefined) state.ended = true
  const added = textOf(fieldsOf(choice, 'delta'), 'content') ?? textOf(fieldsOf(choice, 'message'), 'content') ?? ''
  state.text += added
  return added
}
