// A stand-in for the models of three coding agents, on loopback: it has the agent make one call, and then says that it is done.
import { createServer } from 'node:http'

/**
 * Answers Anthropic's messages, OpenAI's responses and Gemini's content, each as a stream. `call` says what tool to call and with what;
 * `given` has what the agent gave its model as the result of that call.
 */
export async function standInModel({ call, code }) {
  const given = []
  let [calls, tries] = [0, 0]
  const server = createServer((request, response) => {
    const pieces = []
    request.on('data', (piece) => pieces.push(piece))
    request.on('end', () => {
      const speaker = speakers.find(({ path }) => path.test(request.url))
      if (request.method !== 'POST' || speaker === undefined) return response.writeHead(404).end('{}')
      const asked = JSON.parse(Buffer.concat(pieces).toString())
      const said = speaker.resultIn(asked)
      // Some agents ask their model before their servers have started: then the call is made again, as a patient model would.
      const result = said !== undefined && early.test(said) && tries++ < mostTries ? undefined : said
      if (result !== undefined) given.push(result)
      // Side requests, such as one for a title, name no tools: they are not part of the conversation.
      const next = result === undefined && (asked.tools?.length ?? 0) > 0 ? { call, code, id: ++calls } : {}
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      setTimeout(() => response.end(speaker.answer(next)), tries > 0 ? againMs : 0)
    })
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  const close = () => new Promise((closed) => (server.close(closed), server.closeAllConnections()))
  return { url: `http://127.0.0.1:${server.address().port}`, given, close }
}

const early = /no such tool available/i
const mostTries = 60
const againMs = 500

const events = (list) => list.map(([type, data]) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`).join('')

/** The texts of a result that is a text or a list of parts. */
const textsOf = (content) => (typeof content === 'string' ? content : content.map((part) => part.text ?? '').join(''))

const anthropic = {
  path: /^\/v1\/messages\?|^\/v1\/messages$/,
  resultIn({ messages }) {
    const parts = messages.flatMap(({ content }) => (Array.isArray(content) ? content : []))
    const result = parts.findLast(({ type }) => type === 'tool_result')
    return result && textsOf(result.content)
  },
  answer({ call, id }) {
    const block = call ? { type: 'tool_use', id: `toolu_${id}`, name: call.claude, input: {} } : { type: 'text', text: '' }
    const delta = call ? { type: 'input_json_delta', partial_json: JSON.stringify(call.args) } : { type: 'text_delta', text: 'It is done.' }
    const usage = { input_tokens: 1, output_tokens: 1 }
    return events([
      [
        'message_start',
        { message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'stand-in', content: [], stop_reason: null, usage } },
      ],
      ['content_block_start', { index: 0, content_block: block }],
      ['content_block_delta', { index: 0, delta }],
      ['content_block_stop', { index: 0 }],
      ['message_delta', { delta: { stop_reason: call ? 'tool_use' : 'end_turn' }, usage: { output_tokens: 1 } }],
      ['message_stop', {}],
    ])
  },
}

const openai = {
  path: /\/responses$/,
  resultIn({ input }) {
    const result = input.findLast(({ type }) => type === 'function_call_output' || type === 'custom_tool_call_output')
    return result && textsOf(result.output)
  },
  answer({ call, code, id }) {
    const item =
      code !== undefined
        ? { type: 'custom_tool_call', id: `ctc_${id}`, call_id: `call_${id}`, name: 'exec', input: code }
        : call !== undefined
          ? { type: 'function_call', id: `fc_${id}`, call_id: `call_${id}`, ...call.codex, arguments: JSON.stringify(call.args) }
          : { type: 'message', id: 'msg_1', role: 'assistant', content: [{ type: 'output_text', text: 'It is done.' }] }
    const usage = { input_tokens: 1, input_tokens_details: null, output_tokens: 1, output_tokens_details: null, total_tokens: 2 }
    return events([
      ['response.created', { response: { id: 'resp_1' } }],
      ['response.output_item.done', { output_index: 0, item }],
      ['response.completed', { response: { id: 'resp_1', usage } }],
    ])
  },
}

const gemini = {
  path: /:streamGenerateContent/,
  resultIn({ contents }) {
    const parts = contents.flatMap((content) => content.parts ?? [])
    const result = parts.findLast((part) => part.functionResponse !== undefined)
    return result && (result.functionResponse.response.output ?? JSON.stringify(result.functionResponse.response))
  },
  answer({ call }) {
    const part = call ? { functionCall: { name: call.gemini, args: call.args } } : { text: 'It is done.' }
    const usageMetadata = { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 }
    const chunk = { candidates: [{ index: 0, content: { role: 'model', parts: [part] }, finishReason: 'STOP' }], usageMetadata }
    return `data: ${JSON.stringify(chunk)}\n\n`
  },
}

const speakers = [anthropic, openai, gemini]
