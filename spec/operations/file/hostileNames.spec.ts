import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const test = suite('file names')

const names = [
  '__proto__',
  'constructor',
  '%2e%2e',
  '...',
  '.. ',
  ' ',
  'a\nb',
  'tab\there',
  '-rf',
  '~',
  '$HOME',
  'a\\..\\b',
  '*',
  '{x}',
  'naïve',
  'nai\u0308ve',
  '日本語',
  '😀',
  'x'.repeat(255),
]

for (const name of names)
  test(`${JSON.stringify(name.slice(0, 20))} is a name like any other`, async () => {
    const root = tempTree()
    const bench = fileBench(root)
    assert.equal(await bench.value('write', { path: `${name}/${name}`, content: name }), {
      path: `${name}/${name}`,
      bytes: Buffer.byteLength(name),
      created: true,
    })
    assert.equal(await bench.value('read', { path: `${name}/${name}` }), {
      path: `${name}/${name}`,
      content: name,
      bytes: Buffer.byteLength(name),
    })
    // The matcher's stars stand for no line break: such files are found by their names, and by list.
    const pattern = name.includes('\n') ? `${name}/${name}` : '**'
    assert.equal(await bench.value('glob', { pattern, dot: true }), { paths: [`${name}/${name}`] })
    if (pattern === '**') assert.equal(await bench.value('glob', { pattern, dot: true, cwd: name }), { paths: [`${name}/${name}`] })
    assert.equal(
      ((await bench.value('list', {})) as { entries: readonly { name: string }[] }).entries.map((entry) => entry.name),
      [name],
    )
    await bench.value('move', { path: name, destination: 'moved' })
    assert.equal(readdirSync(root), ['moved'])
    assert.equal(readdirSync(join(root, 'moved')), [name])
    await bench.value('delete', { path: `moved/${name}` })
    assert.equal(snapshotOf(root), { moved: 'folder 755' })
  })

test('a name that is too long is a typed error', async () => {
  assert.equal(await fileBench(tempTree()).error('write', { path: 'x'.repeat(256), content: '' }), {
    type: 'system',
    code: 'ENAMETOOLONG',
    message: `${'x'.repeat(256)}: The name is too long for this file system (ENAMETOOLONG).`,
    retryable: false,
    path: 'x'.repeat(256),
  })
})

test('messages stay on one line, whatever the name', async () => {
  const bench = fileBench(tempTree())
  for (const operation of ['read', 'stat', 'list', 'delete']) {
    const { message } = (await bench.error(operation, { path: 'a\n\u001b[31mb\u2028' })) as { message: string }
    assert.is(message, '"a\\n\\u001b[31mb\u2028": there is nothing at this path.')
  }
})

test('a root whose name means something to a matcher is a root like any other', async () => {
  const root = join(tempTree(), 'a[b]{c}(d)*\\!')
  mkdirSync(root)
  const bench = fileBench(root)
  await bench.value('write', { path: 'sub/x.ts', content: 'x' })
  assert.equal(await bench.value('glob', { pattern: '**/*.ts' }), { paths: ['sub/x.ts'] })
  assert.equal(await bench.value('glob', { pattern: '*.ts', cwd: join(root, 'sub') }), { paths: ['sub/x.ts'] })
})

test.run()
