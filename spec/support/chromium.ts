import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onPath } from './onPath.mjs'

const limitMs = 100_000

/**
 * Opens a page that loads `/page.js` in a headless Chromium of its own, and gives what the page posts to `/result` as JSON.
 *
 * `scripts` are served by their names. Rejects with what Chromium printed when nothing was posted in time.
 */
export async function inChromium(scripts: Readonly<Record<string, string>>): Promise<unknown> {
  const program = onPath('chromium', 'chromium-browser', 'google-chrome')
  if (program === undefined) throw new Error('There is no chromium on the PATH. Install the package chromium.')
  const profile = await mkdtemp(join(tmpdir(), 'millrace-chromium-'))
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // It listens on a port, not on a pipe.
  const browser = spawn(program, [...chromiumFlags, `--user-data-dir=${profile}`, `http://127.0.0.1:${port}/`], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  browser.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  try {
    return await new Promise<unknown>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`The page posted nothing within ${limitMs} ms. Chromium said:\n${said}`)), limitMs)
      limit.unref()
      browser.on('error', reject)
      browser.on('exit', (code) => reject(new Error(`Chromium ended with ${code}. It said:\n${said}`)))
      server.on('request', (request, response) => {
        const path = request.url ?? '/'
        if (path === '/result') {
          response.end()
          return void bodyOf(request).then((body) => resolve(JSON.parse(body)), reject)
        }
        const script = scripts[path.slice(1)]
        if (path === '/') response.setHeader('content-type', 'text/html').end(page)
        else if (script === undefined) response.writeHead(404).end()
        else response.setHeader('content-type', 'text/javascript').end(script)
      })
    })
  } finally {
    await endChromium(browser)
    server.closeAllConnections()
    server.close()
    // Its last helpers may still be writing.
    await rm(profile, { recursive: true, force: true, maxRetries: 20 })
  }
}

export const chromiumFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const page = '<!doctype html><meta charset="utf-8"><title>spec</title><div id="root"></div><script type="module" src="/page.js"></script>'

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer) // No encoding was set.
  return Buffer.concat(chunks).toString()
}

/** Ends the browser with all it started. */
export async function endChromium(browser: ChildProcess): Promise<void> {
  if (browser.pid === undefined || browser.exitCode !== null || browser.signalCode !== null) return
  const exit = once(browser, 'exit')
  process.kill(-browser.pid, 'SIGKILL')
  await exit
}
