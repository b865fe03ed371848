// node fakeServer.mjs [name]: a server of the protocol on stdio, as small as can be, whose tools do what specs need.
// It notes in the file STARTS, if that is set, each of its starts.
import { appendFileSync, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'

const { STARTS, REFUSE, SECRET } = process.env
if (STARTS) appendFileSync(STARTS, `${process.pid}\n`)
if (REFUSE && existsSync(REFUSE)) {
  console.error(`it is refused to start; ${SECRET}`)
  process.exit(3)
}

const object = (properties = {}, required = []) => ({ type: 'object', properties, required })
const tools = [
  {
    name: 'look',
    description: 'Looks, for so long, and until so many look at once.',
    inputSchema: object({ ms: { type: 'number' }, beside: { type: 'number' } }),
    annotations: { readOnlyHint: true },
  },
  { name: 'put', description: 'Puts.', inputSchema: object({ text: { type: 'string' }, ms: { type: 'number' } }, ['text']) },
  { name: 'fail', description: 'Fails.', inputSchema: object() },
  { name: 'crash', description: 'Ends the server.', inputSchema: object() },
  { name: 'wait', description: 'Waits to be cancelled.', inputSchema: object() },
  {
    name: 'issue',
    description: 'Gives an issue.',
    inputSchema: object(),
    outputSchema: {
      ...object({ number: { type: 'number' }, assignee: object({ login: { type: 'string' } }, ['login']) }, ['number']),
      additionalProperties: false,
    },
  },
  { name: 'steps', description: 'Tells its steps.', inputSchema: object() },
  { name: 'meta', description: 'Gives the _meta of its call.', inputSchema: object() },
]

const looks = new Set()
const log = []
const cancelled = new Set()
const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
const text = (value, more) => ({ content: [{ type: 'text', text: value }], ...more })
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

async function call({ name, arguments: args = {}, _meta }) {
  switch (name) {
    case 'look': {
      const look = { most: 0 }
      looks.add(look)
      for (const each of looks) each.most = Math.max(each.most, looks.size)
      const until = Date.now() + 30_000
      do await pause(args.ms ?? 0)
      while (look.most < (args.beside ?? 0) && Date.now() < until)
      looks.delete(look)
      return text(log.join(','), { structuredContent: { log: log.join(','), running: look.most, cancelled: cancelled.size } })
    }
    case 'put':
      await pause(args.ms ?? 0)
      log.push(args.text)
      return text(args.text)
    case 'issue':
      return text('{"number":7}', { structuredContent: { number: 7 } })
    case 'meta':
      return text('', { structuredContent: { traceparent: _meta?.traceparent ?? 'none', tracestate: _meta?.tracestate ?? 'none' } })
    case 'fail':
      return text('it did not work', { isError: true })
    case 'crash':
      console.error('about to end')
      process.exit(7)
    case 'wait':
      return new Promise(() => undefined)
    case 'steps':
      for (const step of [1, 2]) {
        send({
          method: 'notifications/progress',
          params: { progressToken: _meta?.progressToken, progress: step, total: 4, message: `step ${step}` },
        })
        await pause(60)
      }
      return text('done')
  }
}

createInterface({ input: process.stdin }).on('line', (line) => void answer(line))

async function answer(line) {
  const { id, method, params } = JSON.parse(line)
  if (method === 'initialize')
    send({
      id,
      result: {
        protocolVersion: params.protocolVersion,
        capabilities: { tools: {} },
        serverInfo: { name: process.argv[2] ?? 'fake', version: '1' },
      },
    })
  else if (method === 'tools/list') send({ id, result: { tools } })
  else if (method === 'tools/call') send({ id, result: await call(params) })
  else if (method === 'notifications/cancelled') cancelled.add(params.requestId)
  else if (id !== undefined) send({ id, result: {} })
}
