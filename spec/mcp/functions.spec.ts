import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { batchExecuteTool, batchPerformanceTool, projectInitBatchTool } from '../../src/mcp.js'
import { file, withHost } from './inRoot.js'

const test = suite('tools as functions')

const textOf = ({ content }: { readonly content: readonly { readonly text: string }[] }): string => content[0]!.text
const write = [file('w', 'write', { path: 'a.txt', content: '1' }), file('r', 'read', { path: 'a.txt' })]

test('batchExecuteTool answers as the server does', () =>
  withHost({}, async (host) => {
    const { structuredContent, isError } = await batchExecuteTool.handler({ operations: write }, { host })
    assert.is(isError, undefined)
    assert.is(structuredContent['status'], 'succeeded')
    assert.is(batchExecuteTool.name, 'batch_execute')
    // A retry has no operations: some clients send only what is required, others refuse what lacks it.
    assert.is(batchExecuteTool.inputSchema['required'], undefined)
  }))

test('batchPerformanceTool tells what was measured, compares, keeps a baseline and forgets', () =>
  withHost({}, async (host) => {
    const ask = (input: object) => batchPerformanceTool.handler(input, { host })
    assert.equal((await ask({ action: 'summary' })).structuredContent, { runs: 0 })
    for (let round = 0; round < 6; round++) await batchExecuteTool.handler({ operations: write }, { host })
    await batchExecuteTool.handler({ operations: write, config: { trackPerformance: false } }, { host })

    const summary = (await ask({ action: 'summary', hours: 1 })).structuredContent
    assert.is(summary['runs'], 6)
    assert.is(summary['operations'], 12)
    assert.is(summary['succeeded'], 12)
    assert.ok(Number(summary['medianMakespanMs']) > 0)

    const trends = (await ask({ action: 'trends', metric: 'file.write.p50Ms' })).structuredContent
    assert.is(trends['runs'], 6)
    assert.is((trends['values'] as readonly number[]).length, 6)
    const unknown = await ask({ action: 'trends', metric: 'makespan' })
    assert.is(unknown.isError, true)
    assert.match(textOf(unknown), 'metric: No run has a metric called "makespan".')

    const compared = (await ask({ action: 'compare' })).structuredContent
    assert.is(compared['against'], 'earlier runs')
    // How many count as the later ones depends on whether the times make a step.
    const { before, after } = compared['runs'] as { readonly before: number; readonly after: number }
    assert.is(before + after, 6)
    assert.is(((await ask({ action: 'baseline' })).structuredContent['runs'] as readonly string[]).length, 6)
    for (let round = 0; round < 5; round++) await batchExecuteTool.handler({ operations: write }, { host })
    const withBaseline = (await ask({ action: 'compare' })).structuredContent
    assert.is(withBaseline['against'], 'baseline')
    assert.equal(withBaseline['runs'], { before: 6, after: 5 })
    assert.not.equal((withBaseline['makespan'] as { readonly verdict: string }).verdict, 'too-few')

    assert.equal((await ask({ action: 'clear' })).structuredContent, { cleared: 11 })
    assert.equal((await ask({ action: 'summary' })).structuredContent, { runs: 0 })
    const wrong = await ask({ action: 'sumary' })
    assert.match(textOf(wrong), 'action: expected one of summary, trends, compare, baseline, clear, received "sumary".')
  }))

test('projectInitBatchTool makes a project whose test script runs, and overwrites nothing', () =>
  withHost({}, async (host, root) => {
    const request = {
      projectName: 'My App',
      basePath: 'my-app',
      packageJson: { description: 'It does little.', scripts: { start: 'node src/index.js' } },
      fileStructure: { 'src/index.js': 'console.log("started")\n', 'data/': null },
    }
    const made = await projectInitBatchTool.handler(request, { host })
    assert.is(made.structuredContent['status'], 'succeeded')
    for (const path of ['src', 'tests', 'docs', 'scripts', 'data', 'src/index.js', 'README.md', '.gitignore'])
      assert.ok(existsSync(join(root, 'my-app', path)), path)
    assert.equal(JSON.parse(await readFile(join(root, 'my-app/package.json'), 'utf8')), {
      name: 'my-app',
      version: '0.1.0',
      private: true,
      type: 'module',
      description: 'It does little.',
      scripts: { test: 'node --test', start: 'node src/index.js' },
    })
    const readme = await readFile(join(root, 'my-app/README.md'), 'utf8')
    assert.match(readme, '# My App\n\nIt does little.\n')
    assert.match(readme, '- `npm start`: `node src/index.js`')
    // Rejects on an exit code other than 0.
    await promisify(execFile)('npm', ['test', '--silent'], { cwd: join(root, 'my-app') })

    await projectInitBatchTool.handler({ ...request, fileStructure: { 'src/index.js': 'other' } }, { host })
    assert.is(await readFile(join(root, 'my-app/src/index.js'), 'utf8'), 'console.log("started")\n')
  }))

test.run()
