// @needs chromium or chromium-browser or google-chrome
import { build, type Plugin } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inChromium } from '../support/chromium.js'

const test = suite('in a browser')

/** The component of the page is the one people copy: it is taken from there. */
const fromDocs: Plugin = {
  name: 'docs',
  setup(builder) {
    builder.onResolve({ filter: /^docs\// }, ({ path }) => ({ path: resolve(path), namespace: 'docs' }))
    builder.onLoad({ filter: /.*/, namespace: 'docs' }, async ({ path }) => {
      const [, contents] = /```tsx\n([\s\S]*?)```/.exec(await readFile(path, 'utf8')) ?? []
      return { contents: contents ?? '', loader: 'tsx', resolveDir: resolve('.') }
    })
  },
}

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve('spec/operators/browser', entry)],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    jsx: 'automatic',
    write: false,
    logLevel: 'silent',
    plugins: [fromDocs],
    // StrictMode mounts twice in development only.
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  return outputFiles[0]!.text
}

let seen: Readonly<Record<string, unknown>> = {}

test.before(async () => {
  const [page, worker] = await Promise.all([bundled('page.js'), bundled('worker.js')])
  seen = (await inChromium({ 'page.js': page, 'worker.js': worker })) as typeof seen // An object of what each check saw.
})

test('runs a batch', () => {
  const each = ['operation-ready', 'attempt-started', 'operation-succeeded']
  assert.equal(seen['events'], ['run-started', ...each, ...each, 'run-finished'])
})

test("gives a run to the platform's Observable", () => {
  assert.equal(seen['platformObservable'], { type: 'run-finished', ok: true })
})

test("takes the platform's Observable as work, and ends it with the attempt", () => {
  assert.equal(seen['platformObservableAsWork'], {
    ended: [
      ['ends', 3],
      ['hangs', 'timeout'],
    ],
    torn: 1,
  })
})

test('runs in a worker, whose snapshots are looked up here', () => {
  const none = { waiting: 0, ready: 0, running: 0, failed: 0, skipped: 0, cancelled: 0 }
  assert.equal(seen['worker'], { first: 'idle', counts: { ...none, total: 6, succeeded: 6 }, state: 'succeeded' })
})

test('shows one run in a React component that StrictMode mounts twice', () => {
  assert.equal(seen['react'], { seen: ['Run', 'running: 0 of 2Stop', 'finished: 2 of 2', 'Run'], startedOnce: 1 })
})

test.run()
