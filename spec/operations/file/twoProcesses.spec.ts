// @limit 900
import { execFile } from 'node:child_process'
import { appendFileSync, linkSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { lastValueFrom } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../../src/index.js'
import { standardOperations } from '../../../src/node.js'
import { tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const test = suite('changes of one file at the same time')

const script = fileURLToPath(new URL('./editForever.js', import.meta.url))
const run = promisify(execFile)
const edits = async (root: string, path: string, mark: string, count: number): Promise<number> =>
  Number((await run(process.execPath, [script, root, path, mark, String(count)])).stdout)

const linesOf = (marks: string, count: number): string =>
  marks
    .split('')
    .map((mark) => Array.from({ length: count }, (_, index) => `${mark}${index}.\n`).join(''))
    .join('')
const doneIn = (path: string): number => readFileSync(path, 'utf8').split(' done\n').length - 1

test('two processes that edit one file lose nothing, one of them by another path', async () => {
  const home = tempTree({ 'real/f': linesOf('ab', 120), link: { link: 'real' } })
  symlinkSync('f', join(home, 'real/l'))
  assert.equal(await Promise.all([edits(join(home, 'real'), 'f', 'a', 120), edits(join(home, 'link'), 'l', 'b', 120)]), [120, 120])
  assert.is(doneIn(join(home, 'real/f')), 240)
})

test('two batches of one program, of two registries, lose nothing', async () => {
  const root = tempTree({ f: linesOf('ab', 60) })
  const batch = (mark: string) =>
    lastValueFrom(
      runBatch(
        {
          inferDependencies: false,
          operations: Array.from({ length: 60 }, (_, index) => ({
            type: 'file',
            operation: 'edit',
            params: { path: 'f', edits: [{ find: `${mark}${index}.\n`, replace: `${mark}${index} done\n` }] },
          })),
        },
        { operations: standardOperations({ root }) },
      ),
    )
  await Promise.all([batch('a'), batch('b')])
  assert.is(doneIn(join(root, 'f')), 120)
})

test('edits, appends and writes of one name in other letters wait for each other, in one process', async () => {
  const root = tempTree({ log: '' })
  const bench = fileBench(root)
  await Promise.all(Array.from({ length: 50 }, (_, index) => bench.value('append', { path: 'log', content: `${index}\n` })))
  assert.equal(new Set(readFileSync(join(root, 'log'), 'utf8').split('\n')).size, 51)
})

for (const [how, writeByHand] of [
  ['adds to the file', (path: string, text: string): void => appendFileSync(path, text)],
  [
    'replaces the file',
    (path: string, text: string): void => {
      writeFileSync(`${path}.theirs`, readFileSync(path, 'utf8') + text)
      renameSync(`${path}.theirs`, path)
    },
  ],
] as const)
  test(`what somebody who ${how} by hand finishes while an edit has not looked a last time survives`, async () => {
    const root = tempTree({ f: `${linesOf('a', 1)}` })
    const path = join(root, 'f')
    const bench = fileBench(root)
    for (let round = 0; round < 150; round++) {
      writeFileSync(path, 'a0.\n')
      const editing = bench.value('edit', { path: 'f', edits: [{ find: 'a0.\n', replace: 'a0 done\n' }] })
      // At any moment while the edit waits for its draft to be on the disk: the last look comes after that, in one turn with the rename.
      for (let turn = 0; turn < round % 4; turn++) await new Promise((resolve) => setImmediate(resolve))
      writeByHand(path, `theirs ${round}\n`)
      await editing
      assert.is(readFileSync(path, 'utf8'), `a0 done\ntheirs ${round}\n`, `round ${round}`)
    }
  })

test('an edit that no longer fits what others made of the file fails, and leaves theirs', async () => {
  const root = tempTree({ f: 'one' })
  const bench = fileBench(root)
  const editing = bench.error('edit', { path: 'f', edits: [{ find: 'one', replace: 'two' }] })
  writeFileSync(join(root, 'f'), 'theirs')
  assert.is(((await editing) as { type: string }).type, 'text-absent')
  assert.is(readFileSync(join(root, 'f'), 'utf8'), 'theirs')
})

test('an append to a file that others replace meanwhile is in theirs', async () => {
  const root = tempTree({ f: '0\n' })
  const path = join(root, 'f')
  const bench = fileBench(root)
  for (let round = 0; round < 60; round++) {
    writeFileSync(path, '')
    const appending = bench.value('append', { path: 'f', content: 'mine\n' })
    for (let turn = 0; turn < round % 3; turn++) await new Promise((resolve) => setImmediate(resolve))
    const seen = readFileSync(path, 'utf8')
    writeFileSync(`${path}.theirs`, `theirs\n${seen}`)
    renameSync(`${path}.theirs`, path)
    await appending
    assert.is(readFileSync(path, 'utf8').split('mine\n').length - 1, 1, `round ${round}`)
  }
})

test('a file that is changed at each look is given up, and nothing of theirs is overwritten', async () => {
  const root = tempTree({ f: 'one 0' })
  const path = join(root, 'f')
  let count = 0
  let going = true
  const busy = (async () => {
    while (going) {
      writeFileSync(path, `one ${++count}`)
      await new Promise((resolve) => setImmediate(resolve))
    }
  })()
  const end = await fileBench(root).attempt('edit', { path: 'f', edits: [{ find: 'one', replace: 'two' }] })
  going = false
  await busy
  if (end._tag === 'Left') {
    const { type, retryable } = end.left
    assert.equal([type, retryable], ['changed-since', true])
    assert.is(readFileSync(path, 'utf8'), `one ${count}`)
  } else assert.match(readFileSync(path, 'utf8'), /^(one|two) \d+$/)
})

test('a second name of the file is another file after a write, as for any program that renames', async () => {
  const root = tempTree({ a: 'x' })
  linkSync(join(root, 'a'), join(root, 'b'))
  await fileBench(root).value('edit', { path: 'b', edits: [{ find: 'x', replace: 'y' }] })
  assert.equal([readFileSync(join(root, 'a'), 'utf8'), readFileSync(join(root, 'b'), 'utf8')], ['x', 'y'])
})

test.run()
