import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readFile } from 'node:fs/promises'
import { runScript, withFolder } from './fixture.js'

const test = suite('lint')

interface Row {
  readonly rule: string
  readonly path: string
  readonly source: string
}

const rows: readonly Row[] = [
  { rule: 'typescript(no-floating-promises)', path: 'engine/floating', source: `export function f(g: () => Promise<void>) {\n  g()\n}` },
  {
    rule: 'typescript(no-misused-promises)',
    path: 'engine/misused',
    source: `export const f = (g: () => Promise<boolean>) => {\n  if (g()) return 1\n  return 2\n}`,
  },
  { rule: 'typescript(await-thenable)', path: 'engine/thenable', source: `export const f = async (n: number) => {\n  await n\n}` },
  {
    rule: 'typescript(switch-exhaustiveness-check)',
    path: 'engine/switch',
    source: `export const f = (kind: 'a' | 'b') => {\n  let n = 0\n  switch (kind) {\n    case 'a':\n      n = 1\n  }\n  return n\n}`,
  },
  { rule: 'typescript(no-explicit-any)', path: 'engine/any', source: `export const f = (value: any): string => String(value)` },
  { rule: 'eslint(no-empty)', path: 'engine/empty', source: `export function f(g: () => void) {\n  try {\n    g()\n  } catch {}\n}` },
  {
    rule: 'typescript(consistent-type-imports)',
    path: 'engine/typeImport',
    source: `import { A } from './types.js'\nexport const f = (a: A): A => a`,
  },
  { rule: 'typescript(ban-ts-comment)', path: 'engine/silenced', source: `// @ts-ignore\nexport const n: number = ''` },
  { rule: 'typescript(only-throw-error)', path: 'engine/thrown', source: `export const f = (): never => {\n  throw 'text'\n}` },
  { rule: 'import(no-cycle)', path: 'engine/cycleA', source: `import { b } from './cycleB.js'\nexport const a = (): number => b` },
  {
    rule: 'import(no-cycle)',
    path: 'engine/typeCycleA',
    source: `import type { B } from './typeCycleB.js'\nexport interface A {\n  readonly b: B\n}`,
  },
  { rule: 'import(no-default-export)', path: 'engine/default', source: `export default 1` },
  { rule: 'eslint(eqeqeq)', path: 'engine/equal', source: `export const f = (a: string, b: string) => a == b` },
  { rule: 'eslint(no-new-func)', path: 'engine/func', source: `export const f = (text: string) => new Function(text)` },
  { rule: 'eslint(no-console)', path: 'journal/console', source: `export const f = () => console.log('said')` },
  { rule: 'eslint(no-restricted-globals)', path: 'engine/process', source: `export const f = () => process.cwd()` },
  { rule: 'eslint(no-restricted-globals)', path: 'operators/buffer', source: `export const f = () => Buffer.from('')` },
]

const helpers = {
  'src/engine/types.ts': `export interface A {\n  readonly a: number\n}\n`,
  'src/engine/cycleB.ts': `import { a } from './cycleA.js'\nexport const b = a()\n`,
  'src/engine/typeCycleB.ts': `import type { A } from './typeCycleA.js'\nexport interface B {\n  readonly a: A\n}\n`,
  'src/journal/finally.ts': `export const f = (end: () => Promise<void>) => Promise.resolve().finally(() => end())\n`,
  'src/cli/console.ts': `export const f = () => console.log(process.argv)\n`,
}

interface Diagnostic {
  readonly code: string
  readonly filename: string
}

async function lint(): Promise<readonly Diagnostic[]> {
  const sources = Object.fromEntries(rows.map(({ path, source }) => [`src/${path}.ts`, `${source}\n`]))
  const settings = ['.oxlintrc.json', 'tsconfig.json', 'spec/tooling/promise.d.ts']
  const config = Object.fromEntries(await Promise.all(settings.map(async (path) => [path, await readFile(path, 'utf8')] as const)))
  return withFolder({ 'package.json': '{"type":"module"}', ...config, ...helpers, ...sources }, async (folder) => {
    const { lines } = await runScript('node_modules/oxlint/bin/oxlint', ['--format=json'], folder)
    const { diagnostics } = JSON.parse(lines.join('\n')) as { readonly diagnostics: readonly Diagnostic[] } // oxlint's own format
    return diagnostics
  })
}

// One run for all rows: starting the type checker is what takes the time.
let diagnostics: readonly Diagnostic[] = []
test.before(async () => {
  diagnostics = await lint()
})

for (const { rule, path } of rows) {
  test(`${rule} bites in ${path}`, () => {
    const found = diagnostics.filter(({ filename }) => filename.endsWith(`${path}.ts`)).map(({ code }) => code)
    assert.ok(found.includes(rule), `found ${found.join(', ') || 'nothing'}`)
  })
}

test('a promise may be returned to finally', () => {
  assert.equal(
    diagnostics.filter(({ filename }) => filename.endsWith('journal/finally.ts')),
    [],
  )
})

test('the command line may print and read its arguments', () => {
  assert.equal(
    diagnostics.filter(({ filename }) => filename.endsWith('cli/console.ts')),
    [],
  )
})

test.run()
