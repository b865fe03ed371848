import { createServer, type Server } from 'node:http'
import { existsSync, readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { concat, from, lastValueFrom, NEVER, take, toArray, type Observable } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tempTree } from '../support/tempTree.js'
import { scriptsBelow } from './pageScripts.js'

const test = suite('scripts beside their twins')
const page = 'docs/scripts.md'

/** The function of this name that the scripts below a heading export: ours, and that of the twin. */
async function pair<F>(heading: string, name: string): Promise<readonly (readonly [whose: string, script: F])[]> {
  const scripts = await Promise.all(scriptsBelow(page, heading).map(({ load }) => load()))
  assert.is(scripts.length, 2)
  return scripts.map((script, place) => [place === 0 ? 'millrace' : 'the twin', script[name] as F])
}

for (const heading of ['Convert a folder', 'Crawl a site', 'Build, then clean up', 'Fan out, then reduce', 'An endless source'])
  test(`${heading}: no longer than its twin`, () => {
    const [own, twin] = scriptsBelow(page, heading)
    assert.ok(own!.lines <= twin!.lines, `${own!.lines} lines, the twin ${twin!.lines}`)
  })

test('a folder is converted, and what could not be is counted', async () => {
  for (const [whose, convert] of await pair<(folder: string) => Promise<number>>('Convert a folder', 'convert')) {
    // One that is there is not written over by gzip, which then says so and fails.
    const folder = tempTree({ 'a.txt': 'a', '-b.txt': 'b', 'c d.txt': 'c', 'taken.txt': 't', 'taken.txt.gz': '', 'other.md': 'o' })
    assert.is(await convert(folder), 1, whose)
    assert.equal(
      readdirSync(folder)
        .filter((name) => name.endsWith('.gz'))
        .sort(),
      ['-b.txt.gz', 'a.txt.gz', 'c d.txt.gz', 'taken.txt.gz'],
    )
  }
})

interface Site {
  readonly url: string
  readonly close: () => void
  readonly asked: string[]
  readonly mostAtOnce: () => number
}

/** A site that wants a login, and tells whoever asks for /b the first time to wait. */
async function site(): Promise<Site> {
  const asked: string[] = []
  let open = 0
  let most = 0
  const server: Server = createServer((request, answer) => {
    const path = request.url!
    const send = (status: number, body: unknown, headers = {}): void => {
      answer.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json', ...headers })
      answer.end(typeof body === 'string' ? body : JSON.stringify(body))
    }
    const texts: string[] = []
    request.on('data', (chunk) => texts.push(String(chunk)))
    request.on('end', () => {
      asked.push(path)
      if (path === '/login') return send(JSON.parse(texts.join('')).password === 'mill-pass-1' ? 200 : 403, { token: 'token-of-the-mill' })
      if (request.headers.authorization !== 'Bearer token-of-the-mill') return send(401, 'who?')
      if (path === '/list') return send(200, ['/a', '/b', '/c', '/d'])
      most = Math.max(most, ++open)
      setImmediate(() => {
        open -= 1
        if (path === '/b' && asked.filter((each) => each === '/b').length === 1) send(429, 'wait', { 'retry-after': '1' })
        else send(200, `page ${path}`)
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, asked, mostAtOnce: () => most, close: () => server.close().closeAllConnections() }
}

test('a site is crawled with its login, and as slowly as it asks', async () => {
  process.env['SITE_PASSWORD'] = 'mill-pass-1'
  type Crawl = (site: string, options?: object) => Promise<readonly string[]>
  for (const [whose, crawl] of await pair<Crawl>('Crawl a site', 'crawl')) {
    const { url, asked, mostAtOnce, close } = await site()
    const pages = await crawl(url, { allowPrivateAddresses: true })
    close()
    assert.equal(pages, ['page /a', 'page /b', 'page /c', 'page /d'], whose)
    assert.is(asked.filter((path) => path === '/b').length, 2, whose)
    assert.ok(mostAtOnce() <= 2, whose)
  }
})

const steps = {
  'compile.mjs': `import { writeFileSync } from 'node:fs'; writeFileSync('work/compiled', '')`,
  'lint.mjs': '',
  'test.mjs': `import { accessSync } from 'node:fs'; accessSync('work/compiled')`,
  'pack.mjs': `import { renameSync } from 'node:fs'; renameSync('work/compiled', 'packed')`,
}
type Build = (folder: string, signal: AbortSignal) => Promise<boolean>

test('a build packs, and leaves no work folder', async () => {
  for (const [whose, build] of await pair<Build>('Build, then clean up', 'build')) {
    const folder = tempTree(steps)
    assert.is(await build(folder, new AbortController().signal), true, whose)
    assert.equal([existsSync(join(folder, 'packed')), existsSync(join(folder, 'work'))], [true, false], whose)
  }
})

test('a build that fails packs nothing, and leaves no work folder', async () => {
  for (const [whose, build] of await pair<Build>('Build, then clean up', 'build')) {
    const folder = tempTree({ ...steps, 'test.mjs': 'process.exit(1)' })
    assert.is(await build(folder, new AbortController().signal), false, whose)
    assert.equal([existsSync(join(folder, 'packed')), existsSync(join(folder, 'work'))], [false, false], whose)
  }
})

test('a build that is stopped leaves no work folder', async () => {
  for (const [whose, build] of await pair<Build>('Build, then clean up', 'build')) {
    const controller = new AbortController()
    const folder = tempTree({
      ...steps,
      'test.mjs': `import { writeFileSync } from 'node:fs'; writeFileSync('testing', ''); setInterval(() => 0, 1000)`,
    })
    const built = build(folder, controller.signal)
    while (!existsSync(join(folder, 'testing'))) await new Promise((resolve) => setTimeout(resolve, 10))
    controller.abort()
    assert.is(await built, false, whose)
    assert.equal([existsSync(join(folder, 'packed')), existsSync(join(folder, 'work'))], [false, false], whose)
  }
})

test('what came is added up, and what did not is named', async () => {
  type Total = (pages: readonly string[], size: (page: string) => Promise<number>) => Promise<{ bytes: number; missing: readonly string[] }>
  for (const [whose, total] of await pair<Total>('Fan out, then reduce', 'total')) {
    const tries = new Map<string, number>()
    const size = (page: string): Promise<number> => {
      const tried = (tries.get(page) ?? 0) + 1
      tries.set(page, tried)
      return page === 'gone' || (page === 'shaky' && tried === 1) ? Promise.reject(new Error(page)) : Promise.resolve(page.length)
    }
    assert.equal(await total(['one', 'gone', 'shaky', 'four'], size), { bytes: 12, missing: ['gone'] }, whose)
    assert.equal([...tries.values()], [1, 2, 2, 1], whose)
  }
})

test('orders of an endless source are handled as they come', async () => {
  type Handled = (orders$: Observable<string>, handle: (order: string, signal: AbortSignal) => Promise<number>) => Observable<string>
  for (const [whose, handled] of await pair<Handled>('An endless source', 'handled')) {
    const tries = new Map<string, number>()
    const handle = (order: string): Promise<number> => {
      const tried = (tries.get(order) ?? 0) + 1
      tries.set(order, tried)
      return order === 'bad' || (order === 'shaky' && tried < 3) ? Promise.reject(new Error(order)) : Promise.resolve(tried)
    }
    const endless = concat(from(['fine', 'shaky', 'bad', 'last']), NEVER)
    const told = await lastValueFrom(handled(endless, handle).pipe(take(4), toArray()))
    assert.equal([...told].sort(), ['bad: failed', 'fine: 1', 'last: 1', 'shaky: 3'], whose)
    assert.is(tries.get('bad'), 3, whose)
  }
})

test.run()
