import { execFile } from 'node:child_process'
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { standardOperations } from '../../../src/operations/standard.js'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { told } from '../swarm/swarmRun.js'

const test = suite('project.init')
const run = promisify(execFile)

const init = (params: object): object => ({ id: 'it', type: 'project', operation: 'init', params })

async function made(root: string, params: object) {
  const { values, errors } = await told([init(params)], standardOperations({ root }))
  assert.equal(errors, {})
  return values['it'] as { readonly path: string; readonly made: readonly string[]; readonly kept: readonly string[] }
}

/** npm in a folder, without what the spec's own runner tells programs it starts. */
async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  return (await run('npm', [...args], { cwd, env })).stdout
}

test('a project installs, and its tests and scripts run', async () => {
  const root = tempTree()
  const { path, kept } = await made(root, { projectName: 'My App', packageJson: { scripts: { hello: 'node -p "6*7"' } } })
  assert.equal([path, kept], ['my-app', []])
  const folder = join(root, path)
  await npm(folder, 'install', '--no-audit', '--no-fund', '--offline')
  assert.match(await npm(folder, 'test'), 'pass 1')
  assert.match(await npm(folder, 'run', 'hello'), '42')
  const readme = readFileSync(join(folder, 'README.md'), 'utf8')
  for (const folderName of ['src', 'tests', 'docs', 'scripts']) {
    assert.ok(existsSync(join(folder, folderName)), folderName)
    assert.match(readme, `\`${folderName}\``)
  }
  assert.match(readme, '`npm test`: `node --test`')
  assert.match(readme, '`npm run hello`: `node -p "6*7"`')
  assert.match(readFileSync(join(folder, '.gitignore'), 'utf8'), '.millrace/')
})

test('given files and folders are joined to the base path, and take the place of the first test', async () => {
  const root = tempTree()
  const fileStructure = { 'src/main.js': 'export {}\n', 'README.md': '# mine', 'data/raw/': null }
  const { made: paths } = await made(root, { projectName: 'x', basePath: 'a/b', fileStructure })
  assert.ok(paths.includes('a/b/src/main.js') && paths.includes('a/b/data/raw'))
  assert.not.ok(paths.some((path) => path.endsWith('.mjs')))
  assert.is(readFileSync(join(root, 'a/b/README.md'), 'utf8'), '# mine')
})

test('what is there is kept, and told', async () => {
  const root = tempTree({ 'x/README.md': 'precious', 'x/src/index.mjs': 'mine' })
  const { made: paths, kept } = await made(root, { projectName: 'x' })
  assert.equal(kept, ['x/src', 'x/README.md', 'x/src/index.mjs'])
  assert.ok(paths.includes('x/package.json'))
  assert.is(readFileSync(join(root, 'x/README.md'), 'utf8'), 'precious')
  assert.is(readFileSync(join(root, 'x/src/index.mjs'), 'utf8'), 'mine')
})

test('a dry run tells the same and makes nothing', async () => {
  const root = tempTree({ 'x/README.md': 'precious' })
  const before = snapshotOf(root)
  const planned = await made(root, { projectName: 'x', dryRun: true })
  assert.equal(snapshotOf(root), before)
  assert.equal(await made(root, { projectName: 'x' }), planned)
})

test('a path outside the roots is refused, and nothing is made there', async () => {
  const root = tempTree()
  const { errors } = await told([init({ projectName: 'x', basePath: '../outside' })], standardOperations({ root }))
  assert.match(errors['it'] ?? '', 'lies outside the root')
  assert.not.ok(existsSync(join(root, '../outside')))
})

test('a rollback takes a project back', async () => {
  const root = tempTree({ 'x/README.md': 'precious' })
  const before = snapshotOf(root)
  const operations = [init({ projectName: 'x' }), { type: 'file', operation: 'read', params: { path: 'none' }, dependencies: ['it'] }]
  await told(operations, standardOperations({ root }), {}, 'rollback')
  assert.equal(snapshotOf(root), before)
})

test('a file that reads what the project makes waits for it', async () => {
  const root = tempTree()
  const read = { id: 'read', type: 'file', operation: 'read', params: { path: 'x/package.json' } }
  const { errors, order } = await told([init({ projectName: 'x' }), read], standardOperations({ root }))
  assert.equal([errors, order], [{}, ['it', 'read']])
})

test('the template typescript compiles, and its test runs', async () => {
  const root = tempTree()
  const { path } = await made(root, { projectName: 'typed', template: 'typescript' })
  const folder = join(root, path)
  // The compiler of this project stands in for the one that npm would install.
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  assert.match(await npm(folder, 'test'), 'pass 1')
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { devDependencies: object }
  assert.equal(Object.keys(manifest.devDependencies), ['@types/node', 'typescript'])
})

test('the template none makes no code', async () => {
  const { made: paths } = await made(tempTree(), { projectName: 'x', template: 'none' })
  assert.equal(paths, ['x/src', 'x/tests', 'x/docs', 'x/scripts', 'x/README.md', 'x/.gitignore', 'x/package.json'])
})

test('a folder is a template: its files are copied byte for byte, and its package.json is merged', async () => {
  const root = tempTree({
    'mine/src/app.js': 'run()\n',
    'mine/package.json': '{"name": "template", "license": "MIT", "scripts": {"lint": "eslint ."}}',
    'mine/node_modules/left/out.js': '',
  })
  writeFileSync(join(root, 'mine/logo.bin'), Buffer.from([0, 255, 254]))
  const { made: paths } = await made(root, {
    projectName: 'Shop',
    template: './mine',
    packageJson: { scripts: { start: 'node src/app.js' } },
  })
  assert.ok(paths.includes('shop/src/app.js') && !paths.some((path) => path.includes('node_modules') || path.endsWith('.mjs')))
  assert.equal(readFileSync(join(root, 'shop/logo.bin')), Buffer.from([0, 255, 254]))
  const manifest = JSON.parse(readFileSync(join(root, 'shop/package.json'), 'utf8')) as Record<string, unknown>
  assert.equal([manifest['name'], manifest['license']], ['shop', 'MIT'])
  assert.equal(manifest['scripts'], { test: 'node --test', lint: 'eslint .', start: 'node src/app.js' })
})

for (const [what, before] of [
  ['src/main.ts', { 'x/src/main.ts': '' }],
  ['index.js', { 'x/index.js': '' }],
] as const)
  test(`beside ${what} no second entry is made`, async () => {
    const { made: paths } = await made(tempTree(before), { projectName: 'x' })
    assert.not.ok(paths.some((path) => path.endsWith('.mjs')))
  })

test('an entry that package.json names is the only one', async () => {
  const { made: paths } = await made(tempTree(), { projectName: 'x', packageJson: { main: 'lib/app.js' } })
  assert.not.ok(paths.some((path) => path.endsWith('.mjs')))
})

for (const [what, before, params, message] of [
  [
    'a file stands where a folder is needed',
    { 'x/docs': 'a file' },
    {},
    /^x\/docs: the project needs a folder here, and a file is there\./,
  ],
  [
    'a folder stands where a file is needed',
    { 'x/README.md/a': '' },
    {},
    /^x\/README\.md: the project needs a file here, and a folder is there\./,
  ],
  ['a given path leads outside', { a: '' }, { fileStructure: { '../../out.txt': '' } }, /outside/],
  ['a file stands in the way of a path', { 'x/data': '' }, { fileStructure: { 'data/raw.txt': '' } }, /x\/data/],
  ['there is no such template', { a: '' }, { template: './no-such-folder' }, /no-such-folder/],
] as const)
  test(`nothing at all is made when ${what}`, async () => {
    const root = tempTree(before as never)
    const was = snapshotOf(root)
    const { errors } = await told([init({ projectName: 'x', ...params })], standardOperations({ root }))
    assert.match(errors['it'] ?? '', message)
    assert.equal(snapshotOf(root), was)
  })

test.run()
