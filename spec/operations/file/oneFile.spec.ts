import { linkSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Effects } from '../../../src/model/effects.js'
import { rootsOf } from '../../../src/operations/file/confine/roots.js'
import { touchesAt } from '../../../src/operations/file/confine/touches.js'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'
import { mountable, withMount } from './mounting.js'

const test = suite('one file by several paths')

/** A folder, and a link to it beside it. */
function spelt(): { readonly real: string; readonly link: string; readonly home: string } {
  const home = tempTree({ 'real/g.txt': 'old', 'real/sub/x': 'x', link: { link: 'real' }, 'via/deep': { link: '../real/sub' } })
  return { home, real: join(home, 'real'), link: join(home, 'link') }
}

const placeOf = (effects: Effects): string => (effects.writes ?? effects.reads)![0]!.resource

test('a root given by a link has the paths spelt by what it leads to, and the reverse', async () => {
  const { real, link, home } = spelt()
  for (const [root, other] of [
    [link, real],
    [real, link],
  ] as const) {
    const bench = fileBench(root)
    for (const path of ['g.txt', join(root, 'g.txt'), join(other, 'g.txt'), `${home}/link/../link/g.txt`])
      assert.equal(await bench.value('read', { path }), { path: 'g.txt', content: 'old', bytes: 3 }, path)
    assert.equal(await bench.value('read', { path: join(home, 'via/deep/x') }), { path: 'sub/x', content: 'x', bytes: 1 })
    const error = (await bench.error('read', { path: join(home, 'link2/g.txt') })) as { type: string }
    assert.is(error.type, 'not-allowed')
  }
})

test('such paths are one place for the order of operations', () => {
  const { real, link, home } = spelt()
  for (const [root, other] of [
    [link, real],
    [real, link],
  ] as const) {
    const type = (operation: string) => fileBench(root).type(operation)
    const due = placeOf(type('write').effects({ path: 'sub/x', content: '' } as never))
    for (const path of [join(root, 'sub/x'), join(other, 'sub/x'), join(home, 'via/deep/x')])
      assert.is(placeOf(type('read').effects({ path } as never)), due, path)
    assert.is(
      placeOf(type('list').effects({ path: join(home, 'via/deep') } as never)),
      placeOf(type('list').effects({ path: 'sub' } as never)),
    )
  }
})

test('a link inside is resolved for the order, and is itself what leads there', () => {
  const root = tempTree({
    'f.txt': '',
    'd/x': '',
    l: { link: 'f.txt' },
    ld: { link: 'd' },
    ll: { link: 'ld' },
    dangling: { link: 'new/y' },
  })
  const space = rootsOf({ roots: [root] })
  const at = (path: string, follows = true) => {
    const { place, links } = touchesAt(space, path, follows)
    return [place, ...links].map(({ resource }) => resource.slice(`file:${root}/`.length))
  }
  assert.equal(at('f.txt'), ['f.txt'])
  assert.equal(at('l'), ['f.txt', 'l'])
  assert.equal(at('l', false), ['l'])
  assert.equal(at('ld/x'), ['d/x', 'ld'])
  assert.equal(at('ll/x'), ['d/x', 'll'])
  assert.equal(at('ll', false), ['ll'])
  assert.equal(at('dangling'), ['new/y', 'dangling'])
  assert.equal(at('ld/none/there'), ['d/none/there', 'ld'])
})

test('a root that is not there yet goes by its text', () => {
  const root = join(tempTree(), 'later')
  assert.is(touchesAt(rootsOf({ roots: [root] }), 'a/b', true).place.resource, `file:${root}/a/b`)
  assert.is(touchesAt(rootsOf({ roots: [root] }), '/elsewhere/b', true).place.resource, 'file:/elsewhere/b')
})

test('a folder is not copied or moved into itself by another path, nor onto what holds it', async () => {
  const root = tempTree({ 'a/b/c': 'c', l: { link: 'a' } })
  const before = snapshotOf(root)
  const bench = fileBench(root)
  for (const operation of ['copy', 'move'])
    for (const [path, destination] of [
      ['a', 'l/b/new'],
      ['a', 'l/new'],
      ['l/b', 'a/b/c2/d'],
      ['a/b', 'l'],
    ] as const) {
      const error = (await bench.error(operation, { path, destination, overwrite: false })) as { type: string }
      assert.ok(['not-allowed', 'already-exists'].includes(error.type), `${operation} ${path} ${destination}: ${error.type}`)
    }
  assert.equal(
    Object.keys(snapshotOf(root)).filter((path) => !path.startsWith('a/b/c2')),
    Object.keys(before),
  )
})

test('a move between two names of one file leaves one', async () => {
  const root = tempTree({ a: 'x' })
  linkSync(join(root, 'a'), join(root, 'b'))
  await fileBench(root).value('move', { path: 'a', destination: 'b', overwrite: true })
  assert.equal(snapshotOf(root), { b: 'file 644 x' })
})

if (mountable)
  test('another mount of a folder is that folder: for order, roots, reserved places, copies and shared locks', () => {
    const home = tempTree({ 'root/d/x': 'x', 'root/.millrace/secret': 's', 'root/m': null, 'root/s': null, outside: null })
    const root = join(home, 'root')
    return withMount(join(root, 'd'), join(root, 'm'), () =>
      withMount(join(root, '.millrace'), join(root, 's'), () =>
        withMount(root, join(home, 'outside'), async () => {
          const bench = fileBench(root)
          const space = rootsOf({ roots: [root] })
          assert.is(touchesAt(space, 'm/x', true).place.resource, touchesAt(space, 'd/x', true).place.resource)
          assert.equal(await bench.value('read', { path: join(home, 'outside/d/x') }), { path: 'd/x', content: 'x', bytes: 1 })
          for (const [operation, params] of [
            ['read', { path: 's/secret' }],
            ['list', { path: 's' }],
            ['write', { path: 's/new', content: '' }],
            ['copy', { path: 'd', destination: 'm/in/itself' }],
          ] as const)
            assert.is(
              ((await bench.error(operation, params)) as { type: string }).type,
              'not-allowed',
              `${operation} ${JSON.stringify(params)}`,
            )
          const { entries } = (await bench.value('list', { recursive: true })) as { entries: readonly { name: string }[] }
          assert.not.ok(
            entries.some(({ name }) => name === 'secret' || name === basename('s')),
            JSON.stringify(entries),
          )
          assert.equal(await bench.value('search', { text: 's' }), { matches: [], paths: [], files: 2 })
          const edits = Array.from({ length: 20 }, (_, index) =>
            bench.value('append', { path: index % 2 === 0 ? 'd/log' : 'm/log', content: `${index}\n` }),
          )
          await Promise.all(edits)
          assert.is(readFileSync(join(root, 'd/log'), 'utf8').split('\n').length, 21)
        }),
      ),
    )
  })

test('what belongs to Git is read and never changed, at any depth, by any path', async () => {
  const root = tempTree({ '.git/config': 'c', 'pkg/.git/hooks/x': 'x', link: { link: 'pkg/.git' }, 'pkg/.GIT2': '' })
  const before = snapshotOf(root)
  const bench = fileBench({ roots: [root], readOnlyGit: true })
  assert.equal(await bench.value('read', { path: 'link/hooks/x' }), { path: 'link/hooks/x', content: 'x', bytes: 1 })
  for (const [operation, params] of [
    ['write', { path: '.git/config', content: '' }],
    ['write', { path: '.git', content: '' }],
    ['create', { path: 'pkg/.git/hooks/pre-commit', content: '' }],
    ['append', { path: 'link/hooks/x', content: '' }],
    ['edit', { path: 'link/hooks/x', edits: [{ find: 'x', replace: 'y' }] }],
    ['mkdir', { path: 'new/.git/hooks' }],
    ['write', { path: '.GIT/config', content: '' }],
    ['delete', { path: 'pkg/.git', recursive: true }],
    ['move', { path: 'pkg/.git', destination: 'elsewhere' }],
    ['copy', { path: 'pkg/.GIT2', destination: '.git/copied' }],
  ] as const) {
    const error = (await bench.error(operation, params)) as { type: string }
    assert.is(error.type, 'not-allowed', `${operation} ${JSON.stringify(params)}`)
  }
  assert.equal(snapshotOf(root), before)
})

test('links that are made and changed between two operations are seen by the next one', () => {
  const root = tempTree({ 'a/x': '', 'b/x': '' })
  const space = rootsOf({ roots: [root] })
  assert.is(touchesAt(space, 'l/x', true).place.resource, `file:${root}/l/x`)
  symlinkSync('a', join(root, 'l'))
  mkdirSync(join(root, 'c'))
  return new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve))).then(() => {
    assert.is(touchesAt(space, 'l/x', true).place.resource, `file:${root}/a/x`)
  })
})

test.run()
