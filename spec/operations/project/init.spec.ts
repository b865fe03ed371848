import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
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

test.run()
