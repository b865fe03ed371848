import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runScript, withFolder } from './fixture.js'

const test = suite('package and API report')

const files = {
  'README.md': '# Mill\n',
  LICENSE: 'MIT\n',
  'dist/index.js': 'export const grind = (grains) => grains * 2\n',
  'dist/index.d.ts': 'export declare const grind: (grains: number) => number\n',
}
const manifest = (more: object = {}) => ({
  'package.json': JSON.stringify({
    name: 'mill',
    version: '1.0.0',
    license: 'MIT',
    type: 'module',
    files: ['dist'],
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    ...more,
  }),
})

const check = (project: Readonly<Record<string, string>>) =>
  withFolder(project, async (folder) => {
    const { code, lines } = await runScript('spec/tooling/package.mjs', [], folder)
    return { code, output: lines.join('\n') }
  })

test('a sound package passes', async () => {
  const { code, output } = await check({ ...files, ...manifest() })
  assert.is(code, 0, output)
})

test('publint finds an entry without a file', async () => {
  const { code, output } = await check({ ...files, ...manifest({ exports: { '.': './dist/none.js' } }) })
  assert.is(code, 1)
  assert.match(output, /none\.js/)
})

test('attw finds an entry without types', async () => {
  const exports = { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './more': './dist/more.js' }
  const { code, output } = await check({ ...files, 'dist/more.js': 'export const more = 1\n', ...manifest({ exports }) })
  assert.is(code, 1)
  assert.match(output, /"mill\/more"[^]*❌ No types/)
})

test('what is none of the package is found', async () => {
  const { code, output } = await check({ ...files, ...manifest({ files: ['dist', 'notes.txt'] }), 'notes.txt': 'to do\n' })
  assert.is(code, 1)
  assert.match(output, 'notes.txt must not be published')
})

test('the report is written, then holds until what is exported changes', async () => {
  const report = 'spec/tooling/apiReport.mjs'
  await withFolder({ ...files, ...manifest() }, async (folder) => {
    const before = await runScript(report, [], folder)
    assert.equal(before.lines, ['docs/api/index.api.md does not exist yet; npm run api writes it'])
    assert.is(before.code, 1)
    assert.is((await runScript(report, ['--update'], folder)).code, 0)
    assert.is((await runScript(report, [], folder)).code, 0)
    await writeFile(join(folder, 'dist/index.d.ts'), 'export declare const grind: (grains: string) => number\n')
    const after = await runScript(report, [], folder)
    assert.is(after.code, 1)
    assert.equal(after.lines, [
      'docs/api/index.api.md is not what the package exports now; if that is meant, npm run api updates it:',
      '  - export const grind: (grains: number) => number;',
      '  + export const grind: (grains: string) => number;',
    ])
  })
})

test('a type that the core exports is no omission of another entry, one that nobody exports is', async () => {
  const exports = {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './more': { types: './dist/more.d.ts', default: './dist/more.js' },
  }
  const project = {
    ...files,
    'dist/types.d.ts': 'export interface Grain {\n  readonly a: 1\n}\nexport interface Flour {\n  readonly b: 1\n}\n',
    'dist/index.d.ts': `export { Grain } from './types.js'\n`,
    'dist/more.d.ts': `import { Flour, Grain } from './types.js'\nexport declare const grind: (grain: Grain) => Flour\n`,
    ...manifest({ exports }),
  }
  await withFolder(project, async (folder) => {
    await runScript('spec/tooling/apiReport.mjs', ['--update'], folder)
    const report = await readFile(join(folder, 'docs/api/more.api.md'), 'utf8')
    assert.match(report, 'The symbol "Flour" needs to be exported')
    assert.not.match(report, 'The symbol "Grain"')
  })
})

test.run()
