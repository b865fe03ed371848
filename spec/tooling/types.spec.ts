import { readFile } from 'node:fs/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runScript, withFolder } from './fixture.js'

const test = suite('type specs')

const head = `import { expectTypeOf } from 'expect-type'\n`

const run = async (files: Readonly<Record<string, string>>) => {
  const tsconfig = await readFile('tsconfig.json', 'utf8')
  const ending = await withFolder({ 'package.json': '{"type":"module"}', 'tsconfig.json': tsconfig, ...files }, (folder) =>
    runScript('spec/support/types.mjs', [], folder),
  )
  return { last: ending.lines.at(-1), output: ending.lines.join('\n') }
}

test('count one each, and one for everything else', async () => {
  const { last, output } = await run({
    'src/a.ts': 'export const a: number = 1\n',
    'spec/types/a.types.ts': `${head}import { a } from '../../src/a.js'\nexpectTypeOf(a).toEqualTypeOf<number>()\n`,
    'spec/types/b/c.types.ts': `${head}expectTypeOf('').toBeString()\n// @ts-expect-error -- text is no number\nexport const n: number = ''\n`,
  })
  assert.is(last, '3 passed, 0 failed', output)
})

test('fail alone when a type is another, or when what must not compile does', async () => {
  const { last, output } = await run({
    'src/a.ts': 'export const a: number = 1\n',
    'spec/types/a.types.ts': `${head}expectTypeOf(1).toBeString()\n`,
    'spec/types/b.types.ts': `// @ts-expect-error -- it is one\nexport const n: number = 1\n`,
    'spec/types/c.types.ts': `${head}expectTypeOf('').toBeString()\n`,
  })
  assert.is(last, '2 passed, 2 failed')
  assert.match(output, /spec\/types\/a\.types\.ts\(2,17\): error/)
  assert.match(output, /spec\/types\/b\.types\.ts\(1,1\): error TS2578/)
})

test('tell a fault in the sources from one of theirs', async () => {
  const { last } = await run({
    'src/a.ts': `export const a: number = ''\n`,
    'spec/types/a.types.ts': `${head}expectTypeOf(1).toBeNumber()\n`,
  })
  assert.is(last, '1 passed, 1 failed')
})

test.run()
