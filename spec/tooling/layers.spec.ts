import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runScript, withFolder } from './fixture.js'

const test = suite('layers')

const manifest = JSON.stringify({ name: 'millrace', dependencies: { 'fp-ts': '2', immer: '1' }, peerDependencies: { rxjs: '7' } })

const faultsOf = (sources: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  withFolder({ 'package.json': manifest, ...sources }, async (folder) => {
    const { code, lines } = await runScript('spec/tooling/layers.mjs', [folder])
    const faults = lines.filter((line) => line !== '')
    assert.is(code, faults.length > 0 ? 1 : 0)
    return faults
  })

const arrows =
  'model <- graph <- engine <- operators, monitor <- system <- operations, journal, terminal <- workers, report <- mcp <- cli, testing'

test('lets a layer import itself and what lies to its left, and monitor the operators', async () => {
  const faults = await faultsOf({
    'src/model/plan.ts': `import type { Id } from './id.js'`,
    'src/model/id.ts': `import * as E from 'fp-ts/lib/Either.js'`,
    'src/engine/run.ts': `import { of } from 'rxjs'\nexport { plan } from '../model/plan.js'`,
    'src/operators/values.ts': `import { run } from '../engine/run.js'`,
    'src/monitor/monitor.ts': `import { values } from '../operators/values.js'`,
    'src/operations/file/read.ts': `import { open } from 'node:fs/promises'\nimport { run } from '../../engine/run.js'`,
    'src/cli/main.ts': `import { read } from '../operations/file/read.js'`,
    'src/testing.ts': `export { hold } from './testing/hold.js'`,
    'src/testing/hold.ts': `import { values } from '../operators/values.js'`,
    'src/node.ts': `export { read } from './operations/file/read.js'`,
    'src/index.ts': `export { values } from './operators/values.js'`,
  })
  assert.equal(faults, [])
})

const rows: readonly (readonly [title: string, path: string, source: string, fault: string])[] = [
  [
    'an upward import',
    'src/model/a.ts',
    `import { run } from '../engine/run.js'`,
    `imports '../engine/run.js': model may not import engine (${arrows})`,
  ],
  [
    'an upward type import',
    'src/graph/a.ts',
    `import type { Run } from '../engine/run.js'`,
    `imports '../engine/run.js': graph may not import engine (${arrows})`,
  ],
  ['an upward re-export', 'src/engine/a.ts', `export * from '../mcp/b.js'`, `imports '../mcp/b.js': engine may not import mcp (${arrows})`],
  [
    'an upward import()',
    'src/engine/a.ts',
    `const late = await import('../cli/b.js')`,
    `imports '../cli/b.js': engine may not import cli (${arrows})`,
  ],
  [
    'an upward import() type',
    'src/engine/a.ts',
    `let a: import('../cli/b.js').B`,
    `imports '../cli/b.js': engine may not import cli (${arrows})`,
  ],
  [
    'operators that import the monitor',
    'src/operators/a.ts',
    `import '../monitor/b.js'`,
    `imports '../monitor/b.js': operators may not import monitor (${arrows})`,
  ],
  [
    'operations that import the journal',
    'src/operations/file/a.ts',
    `import '../../journal/b.js'`,
    `imports '../../journal/b.js': operations may not import journal (${arrows})`,
  ],
  [
    'a journal that imports operations',
    'src/journal/a.ts',
    `import '../operations/b.js'`,
    `imports '../operations/b.js': journal may not import operations (${arrows})`,
  ],
  [
    'an entry that imports the cli',
    'src/node.ts',
    `export { main } from './cli/main.js'`,
    `imports './cli/main.js': an entry may not import cli`,
  ],
  [
    'an entry for programs that imports testing',
    'src/node.ts',
    `export { hold } from './testing/hold.js'`,
    `imports './testing/hold.js': only the entry testing.ts may import testing`,
  ],
  [
    'a layer that imports testing',
    'src/mcp/a.ts',
    `import '../testing/b.js'`,
    `imports '../testing/b.js': mcp may not import testing (${arrows})`,
  ],
  [
    'a layer that imports an entry',
    'src/cli/a.ts',
    `import '../index.js'`,
    `imports '../index.js': a layer may not import an entry: what cli needs belongs lower down`,
  ],
  [
    'rxjs in the model',
    'src/model/a.ts',
    `import type { Observable } from 'rxjs'`,
    `imports 'rxjs': model is pure: it may not import rxjs`,
  ],
  [
    'a part of rxjs in the graph',
    'src/graph/a.ts',
    `import { of } from 'rxjs/operators'`,
    `imports 'rxjs/operators': graph is pure: it may not import rxjs`,
  ],
  ['immer in the graph', 'src/graph/a.ts', `import { produce } from 'immer'`, `imports 'immer': graph is pure: it may not import immer`],
  [
    'node: in the engine',
    'src/engine/a.ts',
    `import { join } from 'node:path'`,
    `imports 'node:path': engine may not import node:*; it runs in browsers too`,
  ],
  [
    'node: in the monitor',
    'src/monitor/a.ts',
    `import { join } from 'node:path'`,
    `imports 'node:path': monitor may not import node:*; it runs in browsers too`,
  ],
  [
    'node: in a report',
    'src/report/a.ts',
    `import { join } from 'node:path'`,
    `imports 'node:path': report may not import node:*; it runs in browsers too`,
  ],
  ['a builtin without its prefix', 'src/journal/a.ts', `import { join } from 'path'`, `imports 'path': write node:path`],
  [
    'the root of fp-ts',
    'src/model/a.ts',
    `import { either } from 'fp-ts'`,
    `imports 'fp-ts': take one module of fp-ts, as fp-ts/lib/Either.js`,
  ],
  [
    'the package itself',
    'src/cli/a.ts',
    `import { runBatch } from 'millrace'`,
    `imports 'millrace': the package does not import itself; write the relative path`,
  ],
  [
    'a development dependency',
    'src/cli/a.ts',
    `import { test } from 'uvu'`,
    `imports 'uvu': uvu is not among the dependencies or peerDependencies of package.json`,
  ],
  [
    'something outside src',
    'src/cli/a.ts',
    `import '../../spec/a.js'`,
    `imports '../../spec/a.js': nothing outside src/ is part of the package`,
  ],
  ['an unknown folder', 'src/cli/a.ts', `import '../utils/a.js'`, `imports '../utils/a.js': there is no such layer or entry`],
]

for (const [title, path, source, fault] of rows) {
  test(`refuses ${title}`, async () => {
    assert.equal(await faultsOf({ [path]: source }), [`${path}:1: ${fault}`])
  })
}

test('refuses a file that belongs to no layer', async () => {
  const [fault] = await faultsOf({ 'src/utils.ts': 'export {}' })
  assert.match(fault ?? '', /^src\/utils\.ts: belongs to no layer; src\/ holds model, graph,/)
})

test('refuses node: behind the core entry, through a layer that may use it', async () => {
  const faults = await faultsOf({
    'src/index.ts': `export { read } from './operations/file/read.js'`,
    'src/operations/file/read.ts': `import { disk } from '../disk.js'`,
    'src/operations/disk.ts': `\nimport { open } from 'node:fs'`,
  })
  const chain = 'index.ts -> operations/file/read.ts -> operations/disk.ts'
  assert.equal(faults, [`src/operations/disk.ts:2: imports 'node:fs', and an entry for browsers reaches it: ${chain}`])
})

test('reads imports through comments, strings, templates and regular expressions', async () => {
  const faults = await faultsOf({
    'src/model/a.ts': [
      `// import '../cli/a.js'`,
      `/* import '../cli/b.js' */`,
      `const text = "import '../cli/c.js'"`,
      "const shown = `import '../cli/d.js' ${{ a: `}` }.a + '`'} from '../cli/e.js'`",
      'const quote = /[\'"`/]/.test(text) ? 6 / 2 : /`/u',
      `import {`,
      `  run,`,
      `} from "../engine/run.js"`,
    ].join('\n'),
  })
  assert.equal(faults, [`src/model/a.ts:8: imports '../engine/run.js': model may not import engine (${arrows})`])
})

test.run()
