import { mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { holdByPath } from '../../../src/operations/file/confine/folderByPath.js'
import { holdByHandle } from '../../../src/operations/file/confine/heldFolder.js'
import { growTree, snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

/** Every operation, as it would be called on a path. */
const calls: readonly (readonly [string, (path: string) => object])[] = [
  ['read', (path) => ({ path })],
  ['write', (path) => ({ path, content: 'x' })],
  ['create', (path) => ({ path, content: 'x' })],
  ['append', (path) => ({ path, content: 'x' })],
  ['edit', (path) => ({ path, edits: [{ find: 'secret', replace: 'x' }] })],
  ['copy', (path) => ({ path, destination: 'taken' })],
  ['copy', (path) => ({ path: 'mine', destination: path, overwrite: true })],
  ['move', (path) => ({ path, destination: 'taken' })],
  ['move', (path) => ({ path: 'mine', destination: path, overwrite: true })],
  ['delete', (path) => ({ path, recursive: true })],
  ['mkdir', (path) => ({ path })],
  ['rmdir', (path) => ({ path })],
  ['list', (path) => ({ path })],
  ['glob', (path) => ({ pattern: '*', cwd: path })],
  ['stat', (path) => ({ path })],
  ['search', (path) => ({ path, text: 'secret' })],
]

const holders = [
  ['by handle', holdByHandle],
  ['by path', holdByPath],
] as const

for (const [how, hold] of holders) {
  if (hold === holdByHandle && process.platform !== 'linux') continue
  const test = suite(`file confinement, folders held ${how}`)

  const inside = { mine: 'mine', 'folder/a': 'a' }
  const setUp = () => {
    const outside = tempTree({ file: 'secret', 'folder/file': 'secret', 'empty/.keep': '' })
    const root = tempTree(inside)
    const error = (label: string, message: string) => ({
      type: 'not-allowed',
      message: `${label} ${message}`,
      retryable: false,
      what: label,
    })
    return { outside, root, bench: fileBench({ roots: [root] }, hold), error }
  }

  for (const [operation, params] of calls) {
    const call = `${operation} ${JSON.stringify(params('PATH'))}`

    test(`${call}: no way out by .. or an absolute path`, async () => {
      const { outside, root, bench, error } = setUp()
      const before = snapshotOf(outside)
      for (const path of [
        `../${basename(outside)}/file`,
        `folder/../../${basename(outside)}/file`,
        join(outside, 'file'),
        '/',
        `${root}-beside`,
      ]) {
        const label = path.startsWith('/') ? path : join(outside, 'file')
        assert.equal(await bench.error(operation, params(path)), error(label, `lies outside the root ${root}. Name a path inside.`))
      }
      assert.equal(snapshotOf(outside), before)
    })

    test(`${call}: no way out by a link to a folder`, async () => {
      const { outside, root, bench, error } = setUp()
      symlinkSync(outside, join(root, 'door'))
      symlinkSync(`../../${basename(outside)}`, join(root, 'folder/door'))
      symlinkSync('../door/folder', join(root, 'folder/chain'))
      const before = snapshotOf(outside)
      assert.equal(
        await bench.error(operation, params('door/folder')),
        error('door/folder', `is not followed: the link door leads outside the root ${root}. Name a path that stays inside.`),
      )
      for (const path of ['folder/door/file', 'folder/chain/file', 'door/new/file', 'door/../folder/door/file'])
        assert.is(((await bench.error(operation, params(path))) as { type: string }).type, 'not-allowed', path)
      assert.equal(snapshotOf(outside), before)
    })
  }

  // Those that would follow a link at the end of a path.
  for (const [operation, params] of calls.filter(([name]) => !['create', 'copy', 'move', 'delete', 'rmdir', 'stat'].includes(name)))
    test(`${operation}: a link at the end that leads outside is not followed`, async () => {
      const { outside, root, bench, error } = setUp()
      growTree(root, { link: { link: join(outside, 'file') }, new: { link: join(outside, 'new') } })
      const before = snapshotOf(outside)
      assert.equal(
        await bench.error(operation, params('link')),
        error('link', `is not followed: it is a link that leads outside the root ${root}. Name a path that stays inside.`),
      )
      assert.is(((await bench.error(operation, params('new'))) as { type: string }).type, 'not-allowed')
      assert.equal(snapshotOf(outside), before)
    })

  test('delete, move and stat take a link that leads outside for the link it is', async () => {
    const { outside, root, bench } = setUp()
    growTree(root, { one: { link: outside }, two: { link: outside } })
    const before = snapshotOf(outside)
    assert.is(((await bench.value('stat', { path: 'one' })) as { kind: string }).kind, 'link')
    await bench.value('delete', { path: 'one', recursive: true })
    await bench.value('move', { path: 'two', destination: 'three' })
    assert.equal(snapshotOf(root), { folder: 'folder 755', 'folder/a': 'file 644 a', mine: 'file 644 mine', three: `link to ${outside}` })
    assert.equal(snapshotOf(outside), before)
  })

  test('delete of a folder removes the links in it and nothing behind them', async () => {
    const { outside, root, bench } = setUp()
    symlinkSync(outside, join(root, 'folder/door'))
    const before = snapshotOf(outside)
    await bench.value('delete', { path: 'folder', recursive: true })
    assert.equal(snapshotOf(outside), before)
    assert.equal(snapshotOf(root), { mine: 'file 644 mine' })
  })

  test('list, glob and search neither follow links nor give what is behind them', async () => {
    const { outside, root, bench } = setUp()
    growTree(root, { 'folder/door': { link: outside }, 'folder/file': { link: join(outside, 'file') } })
    const { entries } = (await bench.value('list', { recursive: true })) as { entries: readonly { path: string; kind: string }[] }
    assert.equal(
      entries.map(({ path, kind }) => `${kind} ${path}`),
      ['folder folder', 'file folder/a', 'link folder/door', 'link folder/file', 'file mine'],
    )
    assert.equal(await bench.value('glob', { pattern: '**' }), { paths: ['folder/a', 'mine'] })
    assert.equal(await bench.value('search', { text: 'secret' }), { matches: [], paths: [], files: 2 })
  })

  test('an absolute path inside a root is fine, and relative paths start at the first', async () => {
    const first = tempTree({ a: 'first' })
    const second = tempTree({ a: 'second' })
    const bench = fileBench({ roots: [first, second] }, hold)
    const read = async (path: string) => bench.value('read', { path })
    assert.equal(await read('a'), { path: 'a', content: 'first', bytes: 5 })
    assert.equal(await read(join(first, 'x/../a')), { path: 'a', content: 'first', bytes: 5 })
    assert.equal(await read(join(second, 'a')), { path: join(second, 'a'), content: 'second', bytes: 6 })
    assert.equal(await read(`../${basename(second)}/a`), { path: join(second, 'a'), content: 'second', bytes: 6 })
    assert.equal(await bench.error('read', { path: '/etc/passwd' }), {
      type: 'not-allowed',
      message: `/etc/passwd lies outside the roots ${first}, ${second}. Name a path inside.`,
      retryable: false,
      what: '/etc/passwd',
    })
  })

  test('a link from one root into another is followed', async () => {
    const second = tempTree({ 'deep/a': 'second' })
    const first = tempTree({ door: { link: join(second, 'deep') }, 'x/up': { link: `../../${basename(second)}/deep/a` } })
    const bench = fileBench({ roots: [first, second] }, hold)
    assert.equal(await bench.value('read', { path: 'door/a' }), { path: 'door/a', content: 'second', bytes: 6 })
    assert.equal(await bench.value('read', { path: 'x/up' }), { path: 'x/up', content: 'second', bytes: 6 })
  })

  test('the target of a link is walked as the system would: .. is above where the link before it led', async () => {
    const root = tempTree({ 'd/e/x': '', 'd/c': 'right', c: 'wrong', b: { link: 'd/e' }, a: { link: 'b/../c' } })
    assert.equal(await fileBench({ roots: [root] }, hold).value('read', { path: 'a' }), { path: 'a', content: 'right', bytes: 5 })
  })

  test('a link to its own folder, to the root, and a root reached by a link are fine', async () => {
    const root = tempTree({ 'a/file': 'x', 'a/self': { link: '.' }, 'a/top': { link: '..' } })
    const alias = join(tempTree(), 'alias')
    symlinkSync(root, alias)
    const bench = fileBench({ roots: [alias] }, hold)
    for (const path of ['a/self/self/file', 'a/top/a/file', join(alias, 'a/file'), join(root, 'a/file')])
      assert.is(((await bench.value('read', { path })) as { content: string }).content, 'x', path)
    assert.equal(
      ((await bench.value('list', { path: 'a/top' })) as { entries: readonly { path: string }[] }).entries.map(({ path }) => path),
      ['a/top/a'],
    )
  })

  test('links that go round end in an error', async () => {
    const root = tempTree({ a: { link: 'b' }, b: { link: 'a' } })
    assert.equal(await fileBench({ roots: [root] }, hold).error('read', { path: 'a' }), {
      type: 'system',
      code: 'ELOOP',
      message: 'a is not reached: more than 40 links follow one another.',
      retryable: false,
      path: 'a',
    })
  })

  for (const path of ['.', 'sub/..'])
    test(`the root is not deleted, moved or overwritten as ${JSON.stringify(path)}`, async () => {
      const { root, bench, error } = setUp()
      const before = snapshotOf(root)
      const refusal = error('.', 'is a root folder or holds one: it cannot be deleted, moved or overwritten. Name what is inside.')
      assert.equal(await bench.error('delete', { path, recursive: true }), refusal)
      assert.equal(await bench.error('rmdir', { path }), refusal)
      assert.equal(await bench.error('write', { path, content: '' }), refusal)
      assert.equal(await bench.error('append', { path, content: '' }), refusal)
      assert.is(((await bench.error('move', { path: 'mine', destination: path, overwrite: true })) as { type: string }).type, 'not-allowed')
      assert.is(((await bench.error('move', { path, destination: 'x' })) as { type: string }).type, 'not-allowed')
      assert.equal(snapshotOf(root), before)
    })

  test('a root within a root stays where it is', async () => {
    const outer = tempTree({ 'a/inner/x': '' })
    const bench = fileBench({ roots: [join(outer, 'a/inner'), outer] }, hold)
    const error = (await bench.error('delete', { path: join(outer, 'a'), recursive: true })) as { message: string }
    assert.is(error.message, `${outer}/a is a root folder or holds one: it cannot be deleted, moved or overwritten. Name what is inside.`)
  })

  test('.millrace under a root and reserved paths are out of reach, by any way', async () => {
    const { root } = setUp()
    growTree(root, {
      '.millrace/history.ndjson': 'secret',
      '.git/hooks/pre-commit': 'secret',
      '.git/config': 'config',
      'conf.json': 'secret',
      g: { link: '.git' },
      h: { link: '.git/hooks/pre-commit' },
    })
    const bench = fileBench({ roots: [root], reserved: ['.git/hooks', join(root, 'conf.json')] }, hold)
    const before = snapshotOf(root)
    assert.equal(await bench.error('read', { path: '.millrace/history.ndjson' }), {
      type: 'not-allowed',
      message: '.millrace/history.ndjson is out of reach: .millrace is reserved. Name another path.',
      retryable: false,
      what: '.millrace/history.ndjson',
    })
    for (const [operation, params] of calls)
      for (const path of ['.millrace', '.millrace/x', 'g/hooks', 'g/hooks/pre-commit', '.git/hooks/../hooks/x', 'conf.json'])
        assert.is(((await bench.error(operation, params(path))) as { type: string }).type, 'not-allowed', `${operation} ${path}`)
    assert.is(((await bench.error('read', { path: 'h' })) as { type: string }).type, 'not-allowed')
    assert.equal(snapshotOf(root), before)

    assert.equal(await bench.value('glob', { pattern: '**', dot: true }), { paths: ['.git/config', 'folder/a', 'mine'] })
    assert.equal(await bench.value('search', { text: 'secret', pattern: ['**', '.git/**', '.millrace/**'] }), {
      matches: [],
      paths: [],
      files: 3,
    })
    const { entries } = (await bench.value('list', { path: '.', recursive: true })) as { entries: readonly { path: string }[] }
    assert.equal(
      entries.map(({ path }) => path),
      ['.git', '.git/config', 'folder', 'folder/a', 'g', 'h', 'mine'],
    )
    assert.equal(await bench.value('read', { path: 'g/config' }), { path: 'g/config', content: 'config', bytes: 6 })
  })

  test('a folder around a reserved path is not carried away with it, nor another put in its place', async () => {
    const root = tempTree({ '.git/hooks/x': 'x', 'fake/hooks/x': 'evil' })
    const bench = fileBench({ roots: [root], reserved: ['.git/hooks'] }, hold)
    const before = snapshotOf(root)
    const refusal = (verb: string) => ({
      type: 'not-allowed',
      message: `.git cannot be ${verb} as a whole: it is where .git/hooks belongs, which is reserved. Name what is inside instead.`,
      retryable: false,
      what: '.git',
    })
    assert.equal(await bench.error('move', { path: '.git', destination: 'git' }), refusal('moved'))
    assert.equal(await bench.error('delete', { path: '.git', recursive: true }), refusal('deleted'))
    assert.equal(await bench.error('copy', { path: '.git', destination: 'git' }), refusal('copied'))
    assert.equal(await bench.error('copy', { path: 'fake', destination: '.git', overwrite: true }), refusal('overwritten'))
    assert.equal(await bench.error('move', { path: 'fake', destination: '.git', overwrite: true }), refusal('overwritten'))
    assert.equal(snapshotOf(root), before)
  })

  test('a root that is not there is told as such', async () => {
    const root = join(tempTree(), 'absent')
    assert.equal(await fileBench({ roots: [root] }, hold).error('read', { path: 'a' }), {
      type: 'not-found',
      message: `${root}: there is nothing at this path.`,
      retryable: false,
      what: root,
    })
    mkdirSync(root)
    writeFileSync(join(root, 'a'), 'by now')
    assert.is(readFileSync(join(realpathSync(root), 'a'), 'utf8'), 'by now')
  })

  test.run()
}
