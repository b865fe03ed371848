import { access, cp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Ending, runScript, withFolder } from './fixture.js'

const test = suite('build')

const sources = {
  'package.json': '{"type":"module"}',
  'src/index.ts': `export { grind } from './model/grind.js'\n`,
  'src/model/grind.ts': `export const grind = (grains: number): number => grains * 2\n`,
  'src/model/planSchema.ts': `export const planJsonSchema = (): object => ({ type: 'object' })\n`,
  'src/cli/main.ts': `#!/usr/bin/env node\nimport { grind } from '../index.js'\nconsole.log(grind(2))\n`,
}

interface Project {
  readonly build: () => Promise<Ending>
  readonly at: (path: string) => string
  readonly has: (path: string) => Promise<boolean>
}

/** The build works on the folder that it lies in, so it is tried in a copy of itself. */
const withProject = (files: Readonly<Record<string, string>>, use: (project: Project) => Promise<void>) =>
  withFolder(files, async (folder) => {
    const at = (path: string) => join(folder, path)
    const build = ['build.mjs', 'tsconfig.json', 'spec/tooling/tsconfig.declarations.json']
    const support = ['command', 'pageCode', 'processGroup', 'transpile'].map((name) => `spec/support/${name}.mjs`)
    await Promise.all([...build, ...support].map((path) => cp(path, at(path))))
    const has = (path: string) =>
      access(at(path)).then(
        () => true,
        () => false,
      )
    await use({ build: () => runScript(at('build.mjs'), [], folder), at, has })
  })

test('turns each source into a script, a declaration and their maps, and writes the schema', () =>
  withProject(sources, async ({ build, at, has }) => {
    const { code, lines } = await build()
    assert.is(code, 0, lines.join('\n'))
    for (const path of ['index', 'model/grind', 'cli/main']) {
      for (const end of ['.js', '.js.map', '.d.ts', '.d.ts.map']) assert.ok(await has(`dist/${path}${end}`), `${path}${end}`)
    }
    assert.is(await readFile(at('dist/plan.schema.json'), 'utf8'), '{\n  "type": "object"\n}\n')
  }))

test('keeps the first line of the command line and makes it executable', () =>
  withProject(sources, async ({ build, at }) => {
    await build()
    assert.match(await readFile(at('dist/cli/main.js'), 'utf8'), /^#!\/usr\/bin\/env node\n/)
    assert.is((await stat(at('dist/cli/main.js'))).mode & 0o111, 0o111)
    assert.equal((await runScript(at('dist/cli/main.js'))).lines, ['4'])
  }))

test('removes what belongs to no source any more, and leaves what did not change untouched', () =>
  withProject({ ...sources, 'src/model/old.ts': 'export {}\n' }, async ({ build, at, has }) => {
    await build()
    const before = await stat(at('dist/model/grind.js'))
    await rm(at('src/model/old.ts'))
    await build()
    for (const end of ['.js', '.js.map', '.d.ts', '.d.ts.map']) assert.not(await has(`dist/model/old${end}`), end)
    assert.is((await stat(at('dist/model/grind.js'))).mtimeMs, before.mtimeMs)
  }))

test('writes a declaration again that got lost', () =>
  withProject(sources, async ({ build, at, has }) => {
    await build()
    await rm(at('dist/model/grind.d.ts'))
    await build()
    assert.ok(await has('dist/model/grind.d.ts'))
  }))

const faults: readonly (readonly [title: string, path: string, source: string, says: RegExp])[] = [
  ['a type error', 'src/model/grind.ts', `export const grind: number = ''\n`, /src\/model\/grind\.ts\(1,14\): error TS2322/],
  ['what does not parse', 'src/model/grind.ts', 'const = 1\n', /grind\.ts:1:6: ERROR/],
  ['a schema that is not exported', 'src/model/planSchema.ts', 'export {}\n', /does not export planJsonSchema\(\): object/],
]

for (const [title, path, source, says] of faults) {
  test(`fails on ${title}`, () =>
    withProject({ ...sources, [path]: source }, async ({ build }) => {
      const { code, lines } = await build()
      assert.is(code, 1)
      assert.match(lines.join('\n'), says)
    }))
}

test('says what is missing when there is no schema', () =>
  withProject(sources, async ({ build, at }) => {
    await rm(at('src/model/planSchema.ts'))
    await writeFile(at('src/index.ts'), 'export {}\n')
    await writeFile(at('src/cli/main.ts'), 'export {}\n')
    const { lines } = await build()
    assert.equal(lines, ['dist/model/planSchema.js is missing: src/model/planSchema.ts must export planJsonSchema(): object.'])
  }))

test.run()
