import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toolHost, type Host, type HostOptions } from '../../src/mcp/host.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { projectInitBatch } from '../../src/mcp/tools/projectInitBatch.js'
import { growTree, snapshotOf, tempTree } from '../support/tempTree.js'
import { mountable, withMount } from '../operations/file/mounting.js'
import { file } from './inRoot.js'

const test = suite('reserved places of the server')

const repository = (at: string): Readonly<Record<string, string>> => ({
  [`${at}/HEAD`]: 'ref: refs/heads/main\n',
  [`${at}/config`]: '[core]\n',
  [`${at}/objects/info/.keep`]: '',
  [`${at}/refs/heads/.keep`]: '',
  [`${at}/hooks/pre-commit.sample`]: '',
})

async function withRoot(
  tree: Readonly<Record<string, string>>,
  use: (host: Host, root: string) => Promise<void>,
  prepare: (root: string) => HostOptions | void = () => {},
): Promise<void> {
  const root = tempTree()
  growTree(root, tree)
  const host = toolHost({ root, ...prepare(root) })
  try {
    await use(host, root)
  } finally {
    await host.close('the spec has ended')
  }
}

/** Runs each operation for itself; the error of each that failed. */
async function errorsOf(host: Host, operations: readonly object[]): Promise<readonly (string | undefined)[]> {
  const errors: (string | undefined)[] = []
  for (const [place, operation] of operations.entries()) {
    const answer = await batchExecute.perform({ operations: [{ ...operation, id: `o${place}` }] }, host, {})
    const text = answer.content[0]!.text
    errors.push(/\bfailed\b|fault/.test(text.split('\n')[0]!) ? text : undefined)
  }
  return errors
}

/** Every way to change something at a path. */
const changes = (path: string): readonly object[] => [
  file('', 'write', { path, content: 'x' }),
  file('', 'create', { path: `${path}.new`, content: 'x' }),
  file('', 'append', { path, content: 'x' }),
  file('', 'edit', { path, edits: [{ find: 'core', replace: 'x' }] }),
  file('', 'copy', { path: 'mine.txt', destination: path, overwrite: true }),
  file('', 'move', { path: 'mine.txt', destination: path, overwrite: true }),
  file('', 'move', { path, destination: 'taken.txt' }),
  file('', 'delete', { path }),
  file('', 'mkdir', { path: `${path}-folder/deep` }),
]

/** Where what Git keeps is reached, and what has to be prepared. Each tries to change the settings or the hooks. */
const ways: readonly (readonly [
  what: string,
  tree: Readonly<Record<string, string>>,
  paths: readonly string[],
  prepare?: (root: string) => void,
])[] = [
  ['.git itself', repository('.git'), ['.git/config', '.git/hooks/pre-commit', './.git/config', 'src/../.git/config']],
  ['.git of a package', repository('pkg/.git'), ['pkg/.git/config', 'pkg/.git/hooks/post-checkout']],
  [
    'hooks of a module',
    { ...repository('.git'), ...repository('.git/modules/lib') },
    ['.git/modules/lib/hooks/pre-commit', '.git/modules/lib/config'],
  ],
  [
    '.git in other letters',
    {},
    ['.GIT/config', '.Git/hooks/a', 'a/.gIt/config', '.g\u200cit/config', 'git~1/config', '.git./config', '.git /config'],
  ],
  [
    '.git as a link, by the link and by what it leads to',
    { ...repository('store'), 'sub/.keep': '' },
    ['.git/config', 'store/config', 'store/hooks/pre-commit', 'sub/.git/config'],
    (root) => {
      symlinkSync('store', join(root, '.git'))
      symlinkSync('../store', join(root, 'sub/.git'))
    },
  ],
  [
    'a link of another name into .git',
    repository('.git'),
    ['link/config', 'hooks/pre-commit'],
    (root) => {
      symlinkSync('.git', join(root, 'link'))
      symlinkSync('.git/hooks', join(root, 'hooks'))
      symlinkSync('.git/config', join(root, 'settings'))
    },
  ],
  [
    '.git/hooks as a link, by what it leads to',
    { ...repository('.git'), 'tools/hooks/.keep': '' },
    ['tools/hooks/pre-commit', 'tools/hooks/deep/er'],
    (root) => {
      renameSync(join(root, '.git/hooks'), join(root, 'elsewhere'))
      symlinkSync('../tools/hooks', join(root, '.git/hooks'))
    },
  ],
  [
    '.git as a file that names a folder',
    { ...repository('kept/here'), 'tree/.git': 'gitdir: ../kept/here\n' },
    ['kept/here/config', 'kept/here/hooks/pre-commit'],
  ],
  ['a repository of another name', repository('bare.git'), ['bare.git/config', 'bare.git/hooks/pre-commit']],
]
for (const [what, tree, paths, prepare] of ways)
  test(`nothing is changed in ${what}`, () =>
    withRoot(
      { 'mine.txt': 'core', 'src/.keep': '', ...tree },
      async (host, root) => {
        const before = snapshotOf(root)
        for (const path of paths)
          for (const [place, error] of (await errorsOf(host, changes(path))).entries())
            assert.ok(
              error !== undefined && /cannot be changed|belongs to Git|there is nothing at this path/.test(error),
              `${path}, change ${place}: ${error ?? 'it succeeded'}`,
            )
        const { '.millrace': _, ...after } = Object.fromEntries(
          Object.entries(snapshotOf(root)).filter(([path]) => !path.startsWith('.millrace')),
        )
        assert.equal(after, before)
      },
      prepare,
    ))

test('nothing is changed by a link to a file of it, nor a .git that is a file', () =>
  withRoot(
    { ...repository('.git'), ...repository('kept/here'), 'tree/.git': 'gitdir: ../kept/here\n' },
    async (host, root) => {
      const operations = ['settings', 'tree/.git'].flatMap((path) => [
        file('', 'write', { path, content: 'x' }),
        file('', 'append', { path, content: 'x' }),
        file('', 'edit', { path, edits: [{ find: 'o', replace: 'x', all: true }] }),
      ])
      for (const error of await errorsOf(host, [...operations, file('', 'delete', { path: 'tree/.git' })]))
        assert.match(error ?? 'it succeeded', 'belongs to Git')
      assert.is(readFileSync(join(root, '.git/config'), 'utf8'), '[core]\n')
    },
    (root) => symlinkSync('.git/config', join(root, 'settings')),
  ))

test('it may be read in every way', () =>
  withRoot({ ...repository('.git'), 'a.txt': 'x' }, async (host) => {
    const reads = [
      file('', 'read', { path: '.git/config' }),
      file('', 'list', { path: '.git', recursive: true }),
      file('', 'glob', { pattern: '.git/**', dot: true }),
      file('', 'search', { path: '.git/config', text: 'core' }),
      file('', 'stat', { path: '.git' }),
      file('', 'copy', { path: '.git/config', destination: 'copy-of-config' }),
    ]
    assert.equal(
      (await errorsOf(host, reads)).filter((error) => error !== undefined),
      [],
    )
  }))

test('no folder that holds one is copied, moved, overwritten or deleted as a whole', () =>
  withRoot({ ...repository('a/b/.git'), 'other/x': '' }, async (host, root) => {
    const before = snapshotOf(join(root, 'a'))
    const operations = [
      file('', 'delete', { path: 'a', recursive: true }),
      file('', 'move', { path: 'a', destination: 'c' }),
      file('', 'copy', { path: 'a', destination: 'c' }),
      file('', 'copy', { path: 'other', destination: 'a', overwrite: true }),
      file('', 'move', { path: 'other', destination: 'a/b', overwrite: true }),
    ]
    for (const error of await errorsOf(host, operations)) assert.match(error ?? 'it succeeded', 'belongs to Git')
    assert.equal(snapshotOf(join(root, 'a')), before)
    assert.not(existsSync(join(root, 'c')))
  }))

test('what merely looks a little like it is changed as any other', () =>
  withRoot({ '.gitignore': '', HEAD: 'x', 'refs/a': '' }, async (host) => {
    const operations = [
      file('', 'write', { path: '.gitignore', content: 'x' }),
      file('', 'write', { path: '.github/workflows/a.yml', content: 'x' }),
      file('', 'write', { path: 'refs/b', content: 'x' }),
      file('', 'write', { path: 'git/config', content: 'x' }),
      file('', 'delete', { path: 'refs', recursive: true }),
    ]
    assert.equal(
      await errorsOf(host, operations),
      operations.map(() => undefined),
    )
  }))

test('a hook of a repository above the root is not changed by what it leads to', async () => {
  const above = tempTree()
  growTree(above, { ...repository('.git'), 'sub/hooks/.keep': '' })
  renameSync(join(above, '.git/hooks'), join(above, '.git/hooks-before'))
  symlinkSync('../sub/hooks', join(above, '.git/hooks'))
  const host = toolHost({ root: join(above, 'sub') })
  const [error] = await errorsOf(host, [file('', 'write', { path: 'hooks/pre-commit', content: 'x' })])
  assert.match(error ?? 'it succeeded', 'belongs to Git')
  await host.close('the spec has ended')
})

test('a file that Git has under another name too is not changed where it stands', () =>
  withRoot(
    { ...repository('.git') },
    async (host, root) => {
      const [error] = await errorsOf(host, [file('', 'append', { path: 'twin', content: 'fsmonitor = x' })])
      assert.match(error ?? 'it succeeded', 'belongs to Git')
      assert.is(readFileSync(join(root, '.git/config'), 'utf8'), '[core]\n')
    },
    (root) => linkSync(join(root, '.git/config'), join(root, 'twin')),
  ))

if (mountable)
  test('another mount of it is it', () =>
    withRoot({ ...repository('.git'), 'other/.keep': '' }, async (host, root) => {
      await withMount(join(root, '.git'), join(root, 'other'), async () => {
        const operations = ['other/config', 'other/hooks/pre-commit'].map((path) => file('', 'write', { path, content: 'x' }))
        for (const error of await errorsOf(host, operations)) assert.match(error ?? 'it succeeded', 'belongs to Git')
      })
      await withMount(join(root, '.git/hooks'), join(root, 'other'), async () => {
        const [error] = await errorsOf(host, [file('', 'write', { path: 'other/pre-commit', content: 'x' })])
        assert.match(error ?? 'it succeeded', 'belongs to Git')
      })
    }))

test('the configuration is neither read nor changed, also by another name of the same file', () =>
  withRoot(
    { 'conf/millrace.json': '{}', 'a.txt': '' },
    async (host, root) => {
      const paths = ['conf/millrace.json', 'twin.json', 'link.json', '.millrace/x']
      const operations = paths.flatMap((path) => [file('', 'read', { path }), file('', 'append', { path, content: 'x' })])
      for (const [place, error] of (await errorsOf(host, operations)).entries())
        assert.match(error ?? 'it succeeded', 'is reserved', JSON.stringify(operations[place]))
      assert.is(readFileSync(join(root, 'conf/millrace.json'), 'utf8'), '{}')
    },
    (root) => {
      linkSync(join(root, 'conf/millrace.json'), join(root, 'twin.json'))
      symlinkSync('conf/millrace.json', join(root, 'link.json'))
      mkdirSync(join(root, '.millrace'))
      return { reserved: [join(root, 'conf/millrace.json')] }
    },
  ))

test('no program runs or writes there', () =>
  withRoot(
    { ...repository('.git'), 'a.txt': '' },
    async (host, root) => {
      const run = (params: object): object => ({ type: 'shell', operation: 'run', params: { command: ['node', '-e', '0'], ...params } })
      const operations = [
        run({ cwd: '.git' }),
        run({ cwd: '.git/hooks' }),
        run({ cwd: 'bare' }),
        run({ cwd: '.millrace' }),
        run({ stdoutTo: '.git/hooks/pre-commit' }),
        run({ stdoutTo: '.git/config' }),
        run({ stdoutTo: '.millrace/out' }),
      ]
      const errors = await errorsOf(host, operations)
      assert.equal(
        errors.filter((error) => error === undefined),
        [],
      )
      assert.match(errors[0]!, 'cwd: ')
      assert.not(existsSync(join(root, '.git/hooks/pre-commit')))
    },
    (root) => {
      mkdirSync(join(root, '.millrace'))
      symlinkSync('.git', join(root, 'bare'))
      return { allowPrograms: ['node'] }
    },
  ))

test('no project is made there', () =>
  withRoot({ ...repository('.git'), 'a.txt': '' }, async (host, root) => {
    const before = snapshotOf(join(root, '.git'))
    for (const basePath of ['.git', '.git/hooks', 'x/.git', '.millrace/p']) {
      const answer = await projectInitBatch.perform({ projectName: 'p', basePath }, host, {})
      assert.match(answer.content[0]!.text, /belongs to Git|is reserved/)
    }
    const inside = await projectInitBatch.perform(
      { projectName: 'p', basePath: 'q', fileStructure: { '.git/hooks/pre-commit': 'x' } },
      host,
      {},
    )
    assert.match(inside.content[0]!.text, 'belongs to Git')
    assert.equal(snapshotOf(join(root, '.git')), before)
  }))

test('a rollback puts nothing back where the way leads into it meanwhile', () =>
  withRoot(
    { ...repository('store'), 'work/config': 'mine', 'aside/.keep': '' },
    async (host, root) => {
      const script = `const { renameSync, symlinkSync } = require('node:fs'); renameSync('work', 'aside/work'); symlinkSync('store', 'work'); process.exitCode = 1`
      const operations = [
        file('w', 'write', { path: 'work/config', content: 'changed' }),
        { id: 's', type: 'shell', operation: 'run', params: { command: ['node', '-e', script] }, dependencies: ['w'] },
      ]
      await batchExecute.perform({ operations, onFailure: 'rollback' }, host, {})
      assert.is(readFileSync(join(root, 'store/config'), 'utf8'), '[core]\n')
    },
    () => ({ allowPrograms: ['node'] }),
  ))

test('a root that was exchanged for another folder is no root any more', () =>
  withRoot({ 'root/a.txt': 'mine' }, async (outer, root) => {
    await outer.close('only its root is needed')
    const host = toolHost({ root: join(root, 'root') })
    renameSync(join(root, 'root'), join(root, 'before'))
    growTree(root, { 'root/a.txt': 'of another' })
    const errors = await errorsOf(host, [file('', 'read', { path: 'a.txt' }), file('', 'write', { path: 'a.txt', content: 'x' })])
    for (const error of errors) assert.match(error ?? 'it succeeded', 'is no longer the folder it was at the start')
    assert.is(readFileSync(join(root, 'root/a.txt'), 'utf8'), 'of another')
    writeFileSync(join(root, 'before/b.txt'), '')
    await host.close('the spec has ended')
  }))

test.run()
