import { existsSync, readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace, parsed } from './millrace.js'

const test = suite('the example plans')

const examples = resolve('docs/examples')
const example = (name: string): string => join(examples, name)

test('every one is a good plan', () =>
  inFolder({}, async (cwd) => {
    const plans = readdirSync(examples).filter((name) => /\.(ya?ml|json)$/.test(name))
    assert.ok(plans.length >= 4)
    for (const name of plans) assert.equal((await millrace(['plan', example(name)], { cwd })).stderr, '', name)
    assert.equal(readdirSync(cwd), [])
  }))

test('first-batch.yaml makes its project, with one retry, and does so again', () =>
  inFolder({}, async (cwd) => {
    for (const round of [1, 2]) {
      const { code, stdout } = await millrace(['run', example('first-batch.yaml'), '--events', '--quiet'], { cwd })
      assert.is(code, 0, stdout)
      const told = parsed(stdout)
      assert.equal(
        told.filter(({ type }) => type === 'attempt-failed').map(({ id }) => id),
        ['stubborn'],
        `round ${round}`,
      )
      assert.is(
        await readFile(join(cwd, 'hello/REPORT.md'), 'utf8'),
        `# hello

Tested with Node ${process.version}

It says: Hello, Ada!

Its sources are ["hello/src/greet.js","hello/src/main.js","hello/test/greet.test.js"].
The one that starts it, hello/src/main.js, has 82 bytes.
"Hello" stands in line 1 of hello/src/greet.js.

The stubborn operation said in the end: ready
`,
      )
      assert.not(existsSync(join(cwd, 'hello/first-attempt')))
    }
  }))

test('failure.yaml fails once, skips what needs that, and cleans up', () =>
  inFolder({}, async (cwd) => {
    const { code, stdout } = await millrace(['run', example('failure.yaml'), '--json', '--quiet'], { cwd })
    assert.is(code, 1)
    const { operations } = JSON.parse(stdout) as { operations: readonly { id: string; outcome: string }[] }
    assert.equal(
      operations.map(({ id, outcome }) => `${id} ${outcome}`),
      [
        'draft succeeded',
        'finish failed',
        'publish skipped',
        'announce skipped',
        'unrelated succeeded',
        'note succeeded',
        'clean-up succeeded',
      ],
    )
    assert.equal(readdirSync(cwd).sort(), ['.millrace', 'failure.txt', 'other.txt'])
  }))

test('rename.json renames in both files, or in none when the check fails', () =>
  inFolder({}, async (cwd) => {
    const library = 'exports.oldName = () => 1\n'
    const write = async (app: string): Promise<void> => {
      await writeFile(join(cwd, 'lib.js'), library)
      await writeFile(join(cwd, 'app.js'), app)
    }
    await write("require('./lib.js').oldName()\n")
    assert.is((await millrace(['run', example('rename.json'), '--quiet'], { cwd })).code, 0)
    assert.is(await readFile(join(cwd, 'lib.js'), 'utf8'), 'exports.newName = () => 1\n')

    const broken = "require('./lib.js').oldName(); process.exit(1)\n"
    await write(broken)
    assert.is((await millrace(['run', example('rename.json'), '--quiet'], { cwd })).code, 1)
    assert.is(await readFile(join(cwd, 'lib.js'), 'utf8'), library)
    assert.is(await readFile(join(cwd, 'app.js'), 'utf8'), broken)
  }))

test.run()
