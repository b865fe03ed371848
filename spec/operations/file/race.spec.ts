import { mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { Worker } from 'node:worker_threads'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OperationError } from '../../../src/model/operationError.js'
import { attemptContext } from '../../support/attemptContext.js'
import { tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const test = suite('file race')

/** Another thread that exchanges root/door, a folder, for a link to a folder outside, and back, as fast as it can. */
function startSwapping(root: string, outside: string): { readonly stop: () => Promise<unknown>; readonly swaps: () => number } {
  const counter = new Int32Array(new SharedArrayBuffer(4))
  const script = `
    const { renameSync, symlinkSync } = require('node:fs')
    const { workerData: { root, outside, counter } } = require('node:worker_threads')
    symlinkSync(outside, root + '/link')
    let strays = 0
    const put = (name) => {
      for (;;)
        try {
          return renameSync(root + '/' + name, root + '/door')
        } catch (error) {
          // An operation has made a folder of that name just now.
          if (!['EISDIR', 'ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error
          try {
            renameSync(root + '/door', root + '/stray-' + strays++)
          } catch (gone) {
            // An undo has removed it again.
            if (gone.code !== 'ENOENT') throw gone
          }
        }
    }
    for (;;) {
      renameSync(root + '/door', root + '/spare')
      put('link')
      Atomics.add(counter, 0, 1)
      renameSync(root + '/door', root + '/link')
      put('spare')
    }`
  const worker = new Worker(script, { eval: true, workerData: { root, outside, counter } })
  return { stop: () => worker.terminate(), swaps: () => Atomics.load(counter, 0) }
}

interface Place {
  readonly root: string
  readonly outside: string
  readonly swaps: () => number
}

/** Uses the folders while they are swapped; then the other thread stops, and `check` looks at what has come of it. */
async function whileSwapping(use: (place: Place) => Promise<void>, check: (place: Place) => void): Promise<void> {
  const outside = tempTree({ 'bait.txt': 'secret', 'sub/bait.txt': 'secret' })
  const root = tempTree({ 'door/bait.txt': 'mine', 'door/sub/bait.txt': 'mine', 'mine.txt': 'mine' })
  const { stop, swaps } = startSwapping(root, outside)
  const place = { root, outside, swaps }
  try {
    while (swaps() === 0) await new Promise((resolve) => setImmediate(resolve))
    await use(place)
  } finally {
    await stop()
  }
  check(place)
}

/** Puts a file into the folder again if it lies aside at this moment: that name is never a link. */
function renewBait(root: string): void {
  for (const name of ['bait.txt', 'sub/bait.txt'])
    try {
      writeFileSync(join(root, 'spare', name), 'mine')
    } catch (error) {
      assert.is((error as { code?: string }).code, 'ENOENT')
    }
}

const outsideNow = (outside: string) =>
  readdirSync(outside, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name).slice(outside.length + 1))
    .map((path) => (path.endsWith('.txt') ? `${path}: ${readFileSync(join(outside, path), 'utf8')}` : path))
    .sort()

const untouched = ['bait.txt: secret', 'sub', 'sub/bait.txt: secret']

/** How an attempt in such a race may end: what is not there at this moment, or is a link that leads outside, or was exchanged. */
const fair = (error: OperationError): boolean =>
  ['not-allowed', 'not-found', 'already-exists', 'changed-since'].includes(error.type) ||
  (error.type === 'system' && ['ELOOP', 'ENOTDIR', 'ENOTEMPTY', 'EISDIR'].includes(error.code))

if (process.platform === 'linux') {
  const rows: readonly (readonly [string, string, (index: number) => object])[] = [
    ['writes', 'write', (index) => ({ path: `door/new-${index % 5}.txt`, content: 'mine' })],
    ['writes below', 'write', (index) => ({ path: `door/deep-${index % 5}/x/new.txt`, content: 'mine' })],
    ['creations', 'create', (index) => ({ path: `door/sub/created-${index}.txt`, content: 'mine' })],
    ['appends', 'append', () => ({ path: 'door/bait.txt', content: 'mine' })],
    ['edits', 'edit', () => ({ path: 'door/bait.txt', edits: [{ find: 'e', replace: 'e', all: true }] })],
    ['reads', 'read', () => ({ path: 'door/sub/bait.txt' })],
    ['deletions', 'delete', () => ({ path: 'door/bait.txt' })],
    ['deletions of the folder', 'delete', () => ({ path: 'door/sub', recursive: true })],
    ['moves', 'move', (index) => ({ path: 'door/bait.txt', destination: `taken-${index}.txt` })],
    ['copies', 'copy', (index) => ({ path: 'door/sub', destination: `taken-${index}` })],
    ['copies into it', 'copy', (index) => ({ path: 'mine.txt', destination: `door/sub/copy-${index}.txt` })],
    ['new folders', 'mkdir', (index) => ({ path: `door/made-${index}/a` })],
    ['lists', 'list', () => ({ path: 'door', recursive: true })],
    ['searches', 'search', () => ({ path: '.', text: 'secret' })],
    ['globs', 'glob', () => ({ pattern: 'door/**/*.txt' })],
  ]
  for (const [title, operation, params] of rows)
    test(`${title} through a folder that is swapped for a link never reach outside`, () =>
      whileSwapping(
        async ({ root, swaps }) => {
          const bench = fileBench(root)
          const before = swaps()
          for (let index = 0; index < 40 || swaps() - before < 150; index++) {
            renewBait(root)
            const context = attemptContext({ undoable: index % 3 === 0 })
            const outcome = await bench.attempt(operation, params(index), context)
            if (outcome._tag === 'Left') assert.ok(fair(outcome.left), `${outcome.left.type}: ${outcome.left.message}`)
            else assert.not.ok(JSON.stringify(outcome.right).includes('secret'), JSON.stringify(outcome.right))
            // An undo works in the same weather.
            await context.undo().catch((thrown: { error: OperationError }) => assert.ok(fair(thrown.error), thrown.error.message))
          }
        },
        ({ root, outside }) => {
          assert.equal(outsideNow(outside), untouched)
          for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.txt')))
            if (!path.startsWith('link') && !path.startsWith('door')) assert.not.match(readFileSync(join(root, path), 'utf8'), 'secret')
        },
      ))

  test('for comparison: a check of the real path before each write does let files out', () =>
    whileSwapping(
      async ({ root, outside }) => {
        const deadline = performance.now() + 60_000
        // Between the check and the write the other thread has its turn, as it may at any time, however many cores there are.
        const moment = new Int32Array(new SharedArrayBuffer(4))
        for (let index = 0; performance.now() < deadline && outsideNow(outside).length === untouched.length; index++)
          for (let turn = 0; turn < 20; turn++)
            try {
              if (!realpathSync(join(root, 'door')).startsWith(root + sep)) continue
              Atomics.wait(moment, 0, 0, 1)
              writeFileSync(join(root, 'door', `out-${index}.txt`), 'x')
            } catch (error) {
              // At some moments there is no door, or it is just exchanged.
              assert.ok(['ENOENT', 'EINVAL'].includes((error as { code: string }).code))
            }
      },
      ({ outside }) => assert.ok(outsideNow(outside).length > untouched.length),
    ))
}

test('what is created outside would be seen by this spec', () => {
  const outside = tempTree({ 'bait.txt': 'secret', 'sub/bait.txt': 'secret' })
  assert.equal(outsideNow(outside), untouched)
  mkdirSync(join(outside, 'new'))
  symlinkSync('x', join(outside, 'link'))
  assert.equal(outsideNow(outside), ['bait.txt: secret', 'link', 'new', 'sub', 'sub/bait.txt: secret'])
})

test.run()
