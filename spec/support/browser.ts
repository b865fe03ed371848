import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Readable, Writable } from 'node:stream'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumFlags, endChromium } from './chromium.js'
import { onPath } from './onPath.mjs'

/** What the DevTools protocol sends and answers: its own documentation says of which form. */
type Message = Readonly<Record<string, unknown>>

/** A headless Chromium that is steered through its DevTools protocol, over a pipe. */
export interface Browser {
  readonly open: (url: string) => Promise<Page>
  readonly close: () => Promise<void>
}

/** One page of it. */
export interface Page {
  /** What an expression comes to in the page, a promise awaited; it must be JSON. */
  readonly evaluate: (expression: string) => Promise<unknown>
  /** Waits until an expression holds. */
  readonly until: (expression: string) => Promise<void>
  readonly send: (method: string, params?: Message) => Promise<Message>
  readonly screenshot: (wholePage?: boolean) => Promise<Buffer>
  /** Every request it made, its own document left out. */
  readonly requests: readonly string[]
  /** What it said on its console, exceptions and violations of its policy included. */
  readonly said: readonly string[]
  readonly close: () => Promise<void>
}

const limitMs = 100_000

export async function startBrowser(): Promise<Browser> {
  const program = onPath('chromium', 'chromium-browser', 'google-chrome')
  if (program === undefined) throw new Error('There is no chromium on the PATH. Install the package chromium.')
  const profile = await mkdtemp(join(tmpdir(), 'millrace-chromium-'))
  const chromium = spawn(program, [...chromiumFlags, '--remote-debugging-pipe', `--user-data-dir=${profile}`], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  })
  const wire = devTools(chromium)
  return {
    open: (url) => openPage(wire, url),
    async close() {
      await endChromium(chromium)
      // Its last helpers may still be writing.
      await rm(profile, { recursive: true, force: true, maxRetries: 20 })
    },
  }
}

interface Wire {
  readonly send: (method: string, params?: Message, sessionId?: string) => Promise<Message>
  readonly hear: (listener: (message: Message) => void) => void
}

/** Messages end with a NUL; a request and its answer share an id. */
function devTools(chromium: ChildProcess): Wire {
  const [, , stderr, to, from] = chromium.stdio as unknown as [null, null, Readable, Writable, Readable] // As it was started.
  const waiting = new Map<number, { readonly give: (answer: Message) => void; readonly fail: (error: Error) => void }>()
  const listeners: ((message: Message) => void)[] = []
  let said = ''
  let begun = ''
  let last = 0
  stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  from.setEncoding('utf8').on('data', (text: string) => {
    const messages = (begun + text).split('\0')
    begun = messages.pop() ?? ''
    for (const message of messages) heard(JSON.parse(message) as Message)
  })
  chromium.on('exit', (code) => {
    for (const { fail } of waiting.values()) fail(new Error(`Chromium ended with ${code}. It said:\n${said}`))
  })
  // It is ended by a signal: what was being written then is lost, as it should be.
  to.on('error', () => undefined)
  function heard(message: Message): void {
    const asked = waiting.get(message['id'] as number)
    if (asked === undefined) return listeners.forEach((listener) => listener(message))
    waiting.delete(message['id'] as number)
    if ('error' in message) asked.fail(new Error(JSON.stringify(message['error'])))
    else asked.give(message['result'] as Message)
  }
  return {
    hear: (listener) => void listeners.push(listener),
    send: (method, params = {}, sessionId) =>
      new Promise((give, fail) => {
        waiting.set(++last, { give, fail })
        to.write(`${JSON.stringify({ id: last, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`)
      }),
  }
}

async function openPage(wire: Wire, url: string): Promise<Page> {
  const { targetId } = await wire.send('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await wire.send('Target.attachToTarget', { targetId, flatten: true })
  const requests: string[] = []
  const said: string[] = []
  wire.hear((message) => {
    if (message['sessionId'] !== sessionId) return
    const params = message['params'] as {
      readonly request: { readonly url: string }
      readonly entry: { readonly text: string }
      readonly exceptionDetails: unknown
      readonly args: unknown
    } // By its method.
    if (message['method'] === 'Network.requestWillBeSent') requests.push(params.request.url)
    else if (message['method'] === 'Log.entryAdded') said.push(params.entry.text)
    else if (message['method'] === 'Runtime.exceptionThrown') said.push(JSON.stringify(params.exceptionDetails))
    else if (message['method'] === 'Runtime.consoleAPICalled') said.push(JSON.stringify(params.args))
  })
  const send = (method: string, params?: Message): Promise<Message> => wire.send(method, params, sessionId as string)
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`)
  await send('Page.navigate', { url })

  const evaluate = async (expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails))
    return (result as { readonly value?: unknown }).value
  }
  return {
    requests,
    said,
    send,
    evaluate,
    async until(expression) {
      const end = Date.now() + limitMs
      while (!(await evaluate(`(() => { try { return Boolean(${expression}) } catch { return false } })()`))) {
        if (Date.now() > end) throw new Error(`Not so within ${limitMs} ms: ${expression}. The page said: ${said.join('\n')}`)
        await new Promise((later) => setTimeout(later, 20))
      }
    },
    async screenshot(wholePage = false) {
      const { data } = await send('Page.captureScreenshot', { format: 'png', captureBeyondViewport: wholePage })
      return Buffer.from(data as string, 'base64')
    },
    async close() {
      await wire.send('Target.closeTarget', { targetId: targetId as string })
    },
  }
}
