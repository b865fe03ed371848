import { OperationFailure } from '../../../model/operationError.js'
import { quoteText } from '../../../model/fault/quote.js'
import type { AttemptContext } from '../../../model/work.js'
import { redaction } from '../../../engine/secrets/redaction.js'
import { traceOf } from '../../trace.js'
import { untilRoom } from '../../untilRoom.js'
import { readBody, single } from '../../http/answerBody.js'
import type { Connections } from '../../http/connections.js'
import { firstHop } from '../../http/hop.js'
import { networkError } from '../../http/networkError.js'
import { retryAfterMs, statusError } from '../../http/statusError.js'
import { shownUrl } from '../../http/target.js'
import { chatState, readChatLine, readChunk, type ChatState } from './chatStream.js'
import { objectOf } from '../lines/jsonLine.js'
import { lineReader } from '../lines/lineReader.js'
import { instructionsOf, promptOf } from '../runners/prompt.js'
import { priced } from '../priced.js'
import { agentError } from '../refusals.js'
import type { HttpRunner, RunnerReply, TextTask } from '../runner.js'
import type { RunnerLimits } from '../runners/runnerLimits.js'

/** The most of a refusal's body that is told with it. */
const excerptBytes = 500

/** Does a task by a chat endpoint: one message, and its answer as it comes. */
export async function runHttp(
  runner: HttpRunner,
  task: TextTask,
  context: AttemptContext,
  send: Connections['send'],
  limits: RunnerLimits,
): Promise<RunnerReply> {
  const key = keyOf(runner, task)
  const hop = firstHop({ url: runner.url, method: 'POST', headers: headersOf(key, task), body: bodyOf(runner, task) }, traceOf(context))
  const where = `POST ${shownUrl(hop.url)}`
  try {
    const answer = await send(hop, context.signal)
    const { statusCode, headers, body } = answer
    if (statusCode < 200 || statusCode >= 300) {
      const { bytes, complete } = await readBody('POST', answer, excerptBytes, context)
      const wait = retryAfterMs(single(headers['retry-after']), single(headers['date']), Date.now())
      const said = excerpt(bytes.toString(), complete, key, context)
      throw new OperationFailure(statusError(where, statusCode, undefined, said === '' ? '' : ` It said: ${said}`, wait))
    }
    const streamed = (single(headers['content-type']) ?? '').includes('text/event-stream')
    const state = chatState(context.redact)
    if (streamed) await readStream(body, state, context, limits, task)
    else readWhole((await readBody('POST', answer, limits.maxOutputBytes, context)).bytes, state, context)
    return answerOf(state, task, where, context)
  } catch (thrown) {
    throw new OperationFailure(networkError(thrown, where))
  }
}

/** What an endpoint said, without the secrets of the run and the key: some repeat the key they refuse. */
function excerpt(text: string, complete: boolean, key: string | undefined, { redactStream }: AttemptContext): string {
  const ofKey = redaction()
  if (key !== undefined) ofKey.conceal(key)
  // Where the text breaks off, what may be the beginning of a secret is left out.
  return [redactStream(), ofKey.redactStream()].reduce((said, stream) => stream.add(said) + (complete ? stream.end() : ''), text).trim()
}

function keyOf({ apiKeyEnv }: HttpRunner, { agent }: TextTask): string | undefined {
  if (apiKeyEnv === undefined) return undefined
  const key = process.env[apiKeyEnv]
  if (key !== undefined && key !== '') return key
  const message = `The runner of the agent ${quoteText(agent)} needs the environment variable ${apiKeyEnv}, which is not set. Set it.`
  throw agentError(agent, message, false)
}

function headersOf(key: string | undefined, { settings }: TextTask): Record<string, string> {
  const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` }
  return { accept: 'text/event-stream, application/json', ...authorization, ...settings.headers }
}

/** The conversation so far, as the endpoint knows it: instructions, the task, and each turn since. */
function bodyOf(runner: HttpRunner, task: TextTask): object {
  const { model = runner.model, temperature, maxTokens } = task.settings
  const instructions = instructionsOf(task)
  const messages = [
    ...(instructions === '' ? [] : [{ role: 'system', content: instructions }]),
    { role: 'user', content: promptOf(task) },
    ...task.turns.map(({ by, text }) => ({ role: by === 'agent' ? 'assistant' : 'user', content: text })),
  ]
  return {
    model,
    messages,
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { max_tokens: maxTokens }),
    stream: true,
    stream_options: { include_usage: true },
  }
}

async function readStream(
  body: AsyncIterable<Buffer>,
  state: ChatState,
  context: AttemptContext,
  { maxLineLength, maxOutputBytes }: RunnerLimits,
  { agent }: TextTask,
): Promise<void> {
  const lines = lineReader(maxLineLength)
  const hear = (line: string): void => {
    const added = readChatLine(line, state)
    if (added !== '') context.output('stdout', added)
  }
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    const complete = lines.add(chunk)
    if (complete === undefined || bytes > maxOutputBytes) {
      const message = `The endpoint of the agent ${quoteText(agent)} sent more than the limit of ${maxOutputBytes} bytes.`
      throw new OperationFailure({ type: 'too-large', message, retryable: false, limitBytes: maxOutputBytes })
    }
    complete.forEach(hear)
    await untilRoom(context)
  }
  hear(lines.rest())
}

// Some endpoints cannot stream, and answer as a whole.
function readWhole(bytes: Buffer, state: ChatState, context: AttemptContext): void {
  const completion = objectOf(bytes.toString())
  if (completion === undefined) {
    const said = context.redact(bytes.toString().trim()).slice(0, excerptBytes)
    state.problem = { reason: said === '' ? 'its answer was empty' : `its answer was not a JSON object: ${said}`, retryable: true }
    return
  }
  const text = readChunk(completion, state)
  // A whole completion has no end to wait for, whether it gives a reason or not.
  state.ended = true
  if (text !== '') context.output('stdout', text)
}

/** Only a whole answer is one; whatever else an endpoint said is a failure with its reason. */
function answerOf(state: ChatState, { agent, settings }: TextTask, where: string, context: AttemptContext): RunnerReply {
  const { text, ended, problem } = state
  const usage = state.usage && priced(state.usage, settings.prices)
  // What it used was used, whatever came of it.
  if (usage !== undefined) context.emit('usage', usage)
  if (problem !== undefined) throw agentError(agent, `${where} failed: ${problem.reason}`, problem.retryable)
  if (!ended) throw agentError(agent, `${where} ended before its answer was whole.`, true)
  if (text.trim() === '') throw agentError(agent, `${where} failed: its answer was empty`, true)
  return { text, ...(usage !== undefined && { usage }) }
}
