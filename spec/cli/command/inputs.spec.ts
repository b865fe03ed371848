import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace, node } from './millrace.js'

const test = suite('what a plan is given on the command line')

const secret = 'kP3-tq9Zx0-vMw7'
const plan = {
  inputs: { apiToken: '', greeting: 'hello', count: 1 },
  operations: [
    {
      ...node('says', ''),
      params: {
        command: [
          'node',
          '-e',
          `require('node:fs').writeFileSync('got', process.env.TOKEN); console.log(process.env.TOKEN, process.argv[1], process.argv[2])`,
          { $input: 'greeting' },
          { $template: '{{$input.count}}' },
        ],
        env: { TOKEN: { $input: 'apiToken' } },
      },
    },
  ],
}

/** Every file below a folder, as text. */
function textsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
}

for (const form of [['--json'], ['--events'], ['--output', 'stream']])
  test(`an input with a secret name reaches its program, and nothing that is shown or kept: ${form[0]}`, () =>
    inFolder({ 'plan.json': plan }, async (cwd) => {
      const { code, stdout, stderr } = await millrace(['run', 'plan.json', '--set', `apiToken=${secret}`, ...form], { cwd })
      assert.is(code, 0, stderr)
      assert.is(readFileSync(join(cwd, 'got'), 'utf8'), secret)
      assert.match(stdout + stderr, '[secret] hello 1')
      assert.not.match(stdout + stderr, secret)
      const kept = textsBelow(join(cwd, '.millrace')).join('')
      assert.match(kept, 'operation-succeeded')
      assert.not.match(kept, secret)
    }))

test('text is taken as text, and JSON where the default is not text', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    const set = ['--set', 'greeting=[1]', '--set', 'count=[2, 3]', '--set', `apiToken=${secret}`]
    const { stdout } = await millrace(['run', 'plan.json', '--json', ...set], { cwd })
    const { operations } = JSON.parse(stdout) as { readonly operations: readonly { readonly value: { readonly stdout: string } }[] }
    assert.is(operations[0]!.value.stdout, '[secret] [1] [2,3]')
  }))

const wrong: readonly (readonly [set: string, text: string])[] = [
  ['greting=x', 'Did you mean "greeting"?'],
  ['count=two', 'count'],
  ['greeting', '--set'],
]
for (const [set, text] of wrong)
  test(`--set ${set} is refused before anything runs`, () =>
    inFolder({ 'plan.json': plan }, async (cwd) => {
      const { code, stderr } = await millrace(['run', 'plan.json', '--set', set], { cwd })
      assert.is(code, 2)
      assert.match(stderr, text)
      assert.equal(readdirSync(cwd), ['plan.json'])
    }))

const asYaml = (name: string): string => `name: ${name}\noperations: []\n`
const asJson = (name: string): string => JSON.stringify({ name, operations: [] })
const found: readonly (readonly [files: Readonly<Record<string, string>>, name: string])[] = [
  [{ 'millrace.yaml': asYaml('first'), 'millrace.yml': asYaml('second'), 'millrace.json': asJson('third') }, 'first'],
  [{ 'millrace.yml': asYaml('second'), 'millrace.json': asJson('third') }, 'second'],
  [{ 'millrace.json': asJson('third'), 'plan.yaml': asYaml('other') }, 'third'],
]
for (const [files, name] of found)
  test(`without a path ${Object.keys(files)[0]} is the plan`, () =>
    inFolder(files, async (cwd) => {
      assert.match((await millrace(['plan'], { cwd })).stdout, `${name}: 0 operations`)
      const ran = await millrace(['run', '--json'], { cwd })
      assert.is((JSON.parse(ran.stdout) as { readonly name: string }).name, name)
    }))

test.run()
