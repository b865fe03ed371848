// operations/agent/chat: chat endpoints that speak OpenAI's chat completions.
import { own, type PlainObject } from '../../../model/codec/plainObject.js'
import { fieldsOf, numberOf, objectOf, objectsIn, textOf } from '../lines/jsonLine.js'
import { usageOf, type Usage } from '../../../model/usage.js'
import { finishProblem, type ChatProblem } from './finishReason.js'

/** What has come of a chat completion so far. */
export interface ChatState {
  text: string
  usage: Usage | undefined
  /** Whether it said that it is at its end. */
  ended: boolean
  /** The first thing that keeps it from being a whole answer. */
  problem: ChatProblem | undefined
  /** Takes secrets out of a text that is about to be cut. */
  readonly redact: (text: string) => string
}

export function chatState(redact: (text: string) => string): ChatState {
  return { text: '', usage: undefined, ended: false, problem: undefined, redact }
}

/** One line of a stream of server-sent events; gives the text it adds. Comments and other fields than `data` are skipped. */
export function readChatLine(line: string, state: ChatState): string {
  if (!line.startsWith('data:')) return ''
  const data = line.slice('data:'.length).trim()
  if (data === '') return ''
  if (data === '[DONE]') {
    state.ended = true
    return ''
  }
  const chunk = objectOf(data)
  if (chunk !== undefined) return readChunk(chunk, state)
  state.problem ??= { reason: `it sent a line that is not a JSON object: ${state.redact(data).slice(0, 200)}`, retryable: true }
  return ''
}

/** A chunk of a stream, or the whole of a completion that was not streamed. */
export function readChunk(chunk: PlainObject, state: ChatState): string {
  const error = errorIn(chunk, state)
  if (error !== undefined) state.problem ??= { reason: error, retryable: true }
  const usage = fieldsOf(chunk, 'usage')
  const [input, output] = [numberOf(usage, 'prompt_tokens'), numberOf(usage, 'completion_tokens')]
  const cost = numberOf(usage, 'cost')
  if (input !== undefined || output !== undefined) state.usage = usageOf(input, output, cost)
  const [choice = {}] = objectsIn(chunk, 'choices')
  // Some endpoints send both in one choice: what comes as a stream is the delta.
  for (const message of [fieldsOf(choice, 'delta'), fieldsOf(choice, 'message')]) readMessage(message, state)
  const reason = textOf(choice, 'finish_reason')
  if (reason !== undefined) {
    state.ended = true
    state.problem ??= finishProblem(reason)
  }
  const added = contentOf(fieldsOf(choice, 'delta')) ?? contentOf(fieldsOf(choice, 'message')) ?? ''
  state.text += added
  return added
}

/** An error is an object with a message, an object with only a code, or a text. */
function errorIn(chunk: PlainObject, { redact }: ChatState): string | undefined {
  const error = own(chunk, 'error')
  if (error === undefined || error === null || error === false) return undefined
  if (typeof error === 'string') return error === '' ? 'it reported an error without a message' : error
  const fields = fieldsOf(chunk, 'error')
  return textOf(fields, 'message') ?? textOf(fields, 'code') ?? `it reported an error: ${redact(JSON.stringify(error)).slice(0, 200)}`
}

/** A request for tools that nobody handles, or a refusal, is not an answer. */
function readMessage(message: PlainObject, state: ChatState): void {
  const refusal = textOf(message, 'refusal')
  if (refusal !== undefined && refusal !== '') state.problem ??= { reason: `the model refused: ${refusal}`, retryable: false }
  const [call] = objectsIn(message, 'tool_calls')
  const called = call === undefined ? fieldsOf(message, 'function_call') : fieldsOf(call, 'function')
  const name = textOf(called, 'name')
  if (call !== undefined || name !== undefined) state.problem ??= toolCall(name)
}

function toolCall(name: string | undefined): ChatProblem {
  const tool = name === undefined ? 'a tool' : `the tool ${JSON.stringify(name)}`
  return { reason: `it asked for ${tool}, and no tools are offered to this agent`, retryable: false }
}

/** The content of a message: a text, or a list of parts of which the texts count. */
function contentOf(message: PlainObject): string | undefined {
  const parts = objectsIn(message, 'content')
  if (parts.length > 0) return parts.map((part) => textOf(part, 'text') ?? '').join('')
  return textOf(message, 'content')
}
