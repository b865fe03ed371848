import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attemptContext } from '../../support/attemptContext.js'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const test = suite('file write')

test('makes a file and its parents', async () => {
  const root = tempTree()
  assert.equal(await fileBench(root).value('write', { path: 'app/src/a.txt', content: 'hé' }), {
    path: 'app/src/a.txt',
    bytes: 3,
    created: true,
  })
  assert.is(readFileSync(join(root, 'app/src/a.txt'), 'utf8'), 'hé')
  assert.equal(readdirSync(join(root, 'app/src')), ['a.txt'])
})

test('replaces a file and keeps its mode', async () => {
  const root = tempTree({ 'run.sh': 'old' })
  chmodSync(join(root, 'run.sh'), 0o750)
  assert.equal(await fileBench(root).value('write', { path: './x/../run.sh', content: 'new' }), {
    path: 'run.sh',
    bytes: 3,
    created: false,
  })
  assert.equal(snapshotOf(root), { 'run.sh': 'file 750 new' })
})

test('gives the mode asked for, whatever the umask', async () => {
  const root = tempTree()
  await fileBench(root).value('write', { path: 'secret', content: '', mode: '0600' })
  await fileBench(root).value('write', { path: 'open', content: '', mode: '777' })
  assert.equal(snapshotOf(root), { open: 'file 777 ', secret: 'file 600 ' })
})

const contents: readonly (readonly [string, unknown, string])[] = [
  ['an object as JSON', { a: [1], __proto__: null }, '{\n  "a": [\n    1\n  ]\n}\n'],
  ['a list as JSON', [1, 'x'], '[\n  1,\n  "x"\n]\n'],
  ['a number as JSON', 1.5, '1.5\n'],
  ['a flag as JSON', false, 'false\n'],
  ['null as JSON', null, 'null\n'],
  ['text as it is', '"x"', '"x"'],
]
for (const [title, content, expected] of contents)
  test(`writes ${title}`, async () => {
    const root = tempTree()
    await fileBench(root).value('write', { path: 'a', content })
    assert.is(readFileSync(join(root, 'a'), 'utf8'), expected)
  })

test('keeps the key __proto__ of a JSON value', async () => {
  const root = tempTree()
  await fileBench(root).value('write', { path: 'a', content: JSON.parse('{"__proto__": 1}') as object })
  assert.is(readFileSync(join(root, 'a'), 'utf8'), '{\n  "__proto__": 1\n}\n')
})

test('writes any bytes from base64, with line breaks in it or without padding', async () => {
  const root = tempTree()
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index))
  const content = bytes.toString('base64').replaceAll(/.{76}/g, '$&\n').replace(/=+$/, '')
  assert.equal(await fileBench(root).value('write', { path: 'a', content, encoding: 'base64' }), { path: 'a', bytes: 256, created: true })
  assert.ok(readFileSync(join(root, 'a')).equals(bytes))
})

test('writes a large file', async () => {
  const root = tempTree()
  const content = 'line of a large file\n'.repeat(500_000)
  await fileBench(root).value('write', { path: 'large', content })
  assert.is(statSync(join(root, 'large')).size, content.length)
})

test('follows a link that stays inside, also one that leads to nothing yet', async () => {
  const root = tempTree({ 'real/a': 'old', door: { link: 'real' }, 'to-a': { link: 'door/a' }, 'to-b': { link: join('real', 'b') } })
  const bench = fileBench(root)
  assert.equal(await bench.value('write', { path: 'to-a', content: '1' }), { path: 'to-a', bytes: 1, created: false })
  await bench.value('write', { path: 'to-b', content: '2' })
  await bench.value('write', { path: 'door/c', content: '3' })
  assert.equal(snapshotOf(root), {
    door: 'link to real',
    real: 'folder 755',
    'real/a': 'file 644 1',
    'real/b': 'file 644 2',
    'real/c': 'file 644 3',
    'to-a': 'link to door/a',
    'to-b': 'link to real/b',
  })
})

const refused: readonly (readonly [string, object, object])[] = [
  [
    'a folder',
    { path: 'folder', content: '' },
    { type: 'system', code: 'EISDIR', message: 'folder is a folder. Name a file.', retryable: false, path: 'folder' },
  ],
  [
    'a path through a file',
    { path: 'file/x', content: '' },
    {
      type: 'system',
      code: 'ENOTDIR',
      message: 'file/x: A part of the path is a file, not a folder (ENOTDIR).',
      retryable: false,
      path: 'file/x',
    },
  ],
  [
    'text that is not base64',
    { path: 'x', content: 'a-b', encoding: 'base64' },
    {
      type: 'invalid-params',
      message: 'content is not base64. Encode it, or leave encoding out to write it as text.',
      retryable: false,
      at: ['content'],
    },
  ],
  [
    'an object as base64',
    { path: 'x', content: {}, encoding: 'base64' },
    { type: 'invalid-params', message: 'content is an object, but encoding: base64 asks for text.', retryable: false, at: ['content'] },
  ],
]
for (const [title, params, error] of refused)
  test(`refuses ${title}, and changes nothing`, async () => {
    const root = tempTree({ file: 'x', folder: null })
    const before = snapshotOf(root)
    assert.equal(await fileBench(root).error('write', params), error)
    assert.equal(snapshotOf(root), before)
  })

test('an abort leaves the old file and nothing beside it', async () => {
  const root = tempTree({ a: 'old' })
  const context = attemptContext({ signal: AbortSignal.abort() })
  const error = await fileBench(root).error('write', { path: 'a', content: 'new' }, context)
  assert.equal(error, { type: 'thrown', message: 'AbortError: This operation was aborted', retryable: true })
  assert.equal(snapshotOf(root), { a: 'file 644 old' })
})

test('readers see the old bytes or the new ones, never a part', async () => {
  const root = tempTree({ a: 'x'.repeat(3_000_000) })
  const bench = fileBench(root)
  const seen = new Set<string>()
  let writing = true
  const look = async (): Promise<void> => {
    while (writing) {
      const { content } = (await bench.value('read', { path: 'a' })) as { content: string }
      seen.add(`${content.length} ${content[0]}${content.at(-1)}`)
    }
  }
  const looking = look()
  for (const letter of 'yzyzyz') await bench.value('write', { path: 'a', content: letter.repeat(2_000_000) })
  writing = false
  await looking
  for (const one of seen) assert.ok(['3000000 xx', '2000000 yy', '2000000 zz'].includes(one), one)
  assert.ok(seen.size > 1)
})

test.run()
