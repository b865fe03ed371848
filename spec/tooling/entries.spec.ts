import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const test = suite('entries for Node')

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly exports: Readonly<Record<string, string | { readonly node?: string; readonly default: string }>>
}
const entries = Object.entries(exports).flatMap(([name, paths]) =>
  typeof paths === 'string' ? [] : [{ name, node: paths.node ?? '', single: paths.default }],
)

/** The packages that a file imports as it loads, and the files it is made of. */
function loaded(path: string, seen = new Set<string>()): { readonly packages: ReadonlySet<string>; readonly files: ReadonlySet<string> } {
  const packages = new Set<string>()
  if (!seen.has(path)) {
    seen.add(path)
    const text = readFileSync(path, 'utf8')
    for (const [, from, alone] of text.matchAll(/^(?:import|export) [^;]*? from "([^"]+)";$|^import "([^"]+)";$/gm)) {
      const specifier = from ?? alone!
      if (specifier.startsWith('.')) for (const more of loaded(join(dirname(path), specifier), seen).packages) packages.add(more)
      else if (!specifier.startsWith('node:')) packages.add(specifier)
    }
  }
  return { packages, files: seen }
}

for (const { name, node, single } of entries)
  test(`${name} is bundled for Node, with all the names that it has elsewhere`, async () => {
    assert.match(node, /^\.\/dist\/entries\/\w+\.mjs$/)
    assert.ok(existsSync(node))
    const [bundled, separate] = (await Promise.all([node, single].map((path) => import(pathToFileURL(resolve(path)).href)))) as object[]
    assert.equal(Object.keys(bundled!).sort(), Object.keys(separate!).sort())
  })

test('the core loads RxJS and a few files, no other package', () => {
  const { packages, files } = loaded(entries[0]!.node)
  assert.equal([...packages], ['rxjs'])
  assert.ok(files.size > 1 && files.size <= 40, `${files.size} files`)
})

test('the entries are one library: what one makes another runs', async () => {
  const script = `
    import { lastValueFrom } from 'rxjs'
    import { operation, runBatch, valueOf } from 'millrace'
    import { shell, standardOperations } from 'millrace/node'
    import { heldOperations } from 'millrace/testing'
    const version = shell.run('version', { command: ['node', '-p', '6 * 7'] })
    const answer = operation('answer', { version }, ({ version }) => version.stdout)
    const run = runBatch([version, answer], { operations: standardOperations({ root: '.' }) })
    console.log(await lastValueFrom(run.pipe(valueOf(answer))), typeof heldOperations)`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  assert.is(stdout, '42 function\n')
})

test.run()
