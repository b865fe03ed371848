import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readFile } from 'node:fs/promises'
import { runScript, withFolder } from './fixture.js'

const test = suite('examples')

const manifest = JSON.stringify({
  name: 'mill',
  type: 'module',
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
})
const library = {
  'dist/index.js': 'export const grind = (grains) => ({ flour: grains * 2 })\n',
  'dist/index.d.ts': 'export declare const grind: (grains: number) => { readonly flour: number }\n',
}

const run = async (files: Readonly<Record<string, string>>) => {
  const project = { 'package.json': manifest, 'tsconfig.json': await readFile('tsconfig.json', 'utf8'), ...library, ...files }
  const { lines } = await withFolder(project, (folder) => runScript('spec/support/examples.mjs', ['--root', folder]))
  return { output: lines.join('\n'), last: lines.at(-1) }
}

const page = (...code: readonly string[]) => ({ 'README.md': ['# Mill', '', '```ts', ...code, '```', ''].join('\n') })
const use = `import { grind } from 'mill'`

interface Row {
  readonly title: string
  readonly code: readonly string[]
  readonly says?: readonly RegExp[]
}

const passing: readonly Row[] = [
  { title: 'an expression', code: [use, 'grind(2).flour // => 4'] },
  { title: 'an object', code: [use, 'grind(2) // => { flour: 4 }'] },
  { title: 'an awaited expression', code: ['await Promise.resolve([1, 2]) // => [1, 2]'] },
  { title: 'a constant', code: ['const three = 1 + 2 // => 3', 'three // => 3'] },
  { title: 'an expression of several lines', code: [use, 'grind(', '  2,', ') // => { flour: 4 }'] },
  { title: 'a chain', code: ['[1, 2]', '  .map((n) => n * 2)', '  .join() // => "2,4"'] },
  { title: 'an operator before the last line', code: ['1 +', '  2 // => 3'] },
  { title: 'a value of several lines', code: [use, 'grind(2) // => {', '//   flour: 4,', '// }', 'grind(3).flour // => 6'] },
  { title: 'a mark below its expression', code: [use, 'grind(2).flour', '// => 4'] },
  { title: 'what is printed', code: ['console.log([1], 2) // => [1], 2'] },
  { title: 'an assertion inside a function', code: ['for (const n of [1, 1]) {', '  n // => 1', '}'] },
  { title: 'no assertion at all, which is not run', code: [use, 'grind(2)', `throw new Error('ran')`] },
]

for (const { title, code } of passing) {
  test(`passes ${title}`, async () => {
    const { last, output } = await run(page(...code))
    assert.is(last, '1 passed, 0 failed', output)
  })
}

const failing: readonly Row[] = [
  {
    title: 'another value',
    code: [use, 'grind(2) // => { flour: 5 }'],
    says: [/README\.md:5: the example says \{ flour: 5 \}, it is \{ flour: 4 \}/],
  },
  { title: 'a wrong type', code: [use, `grind('two')`], says: [/FAIL README\.md:3/, /line 5: TS2345/] },
  { title: 'a wrong type in an example that runs', code: [use, '', `grind('two') // => { flour: 4 }`], says: [/line 6: TS2345/] },
  { title: 'what throws, with its place', code: ['', 'JSON.parse("{") // => 1'], says: [/in JSON at position 1/, /README\.md:5:/] },
  {
    title: 'an assertion that is never reached',
    code: ['const later = () => {', '  1 // => 1', '}', 'later'],
    says: [/README\.md:5: the example ended without/],
  },
  {
    title: 'an example that never settles',
    code: ['await new Promise(() => {}) // => 1'],
    says: [/never settled.*"README\.md: README\.md:3"/],
  },
  { title: 'a mark without an expression', code: ['if (true) { // => 1', '}'], says: [/line 4: what precedes/] },
  { title: 'a mark without a value', code: ['1 // => a number of things'], says: [/line 4: what follows/] },
  { title: 'what does not parse', code: ['const = 1'], says: [/FAIL README\.md:3/, /Expected identifier/] },
]

for (const { title, code, says = [] } of failing) {
  test(`fails ${title}`, async () => {
    const { last, output } = await run(page(...code))
    assert.is(last, '0 passed, 1 failed', output)
    for (const expected of says) assert.match(output, expected, `${expected} is not in:\n${output}`)
  })
}

test('reads docstrings and every page, and leaves other languages and no-run alone', async () => {
  const docstring = [
    '/**',
    ' * Grinds.',
    ' *',
    ' * @example',
    ' * ```ts',
    ` * ${use}`,
    ' * grind(1).flour // => 3',
    ' * ```',
    ' */',
    'export {}',
  ]
  const guide = [
    '```ts no-run',
    'const n: number = 1 // => 2',
    '```',
    '',
    '```js',
    '1 // => 2',
    '```',
    '',
    '- in a list',
    '',
    '  ```ts',
    '  1 // => 1',
    '  ```',
  ]
  const { last, output } = await run({ 'src/model/grind.ts': docstring.join('\n'), 'docs/a/guide.md': guide.join('\n') })
  assert.is(last, '2 passed, 1 failed', output)
  assert.match(output, 'src/model/grind.ts:7: the example says 3, it is 2')
})

test('runs each example in an empty folder of its own', async () => {
  const code = [`import { readdirSync, writeFileSync } from 'node:fs'`, `writeFileSync('flour', '')`, `readdirSync('.') // => ['flour']`]
  const { last, output } = await run({ 'README.md': ['```ts', ...code, '```', '```ts', ...code, '```'].join('\n') })
  assert.is(last, '2 passed, 0 failed', output)
})

test.run()
