import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace } from './millrace.js'

const test = suite('operations with "confirm"')

const write = (id: string, more: object = {}): object => ({ id, type: 'file.write', params: { path: `${id}.txt`, content: 'x' }, ...more })
const files = { 'plan.json': [write('a'), write('b', { confirm: true })] }

test('do not run, and nothing else does, where nobody can be asked; --yes confirms them', () =>
  inFolder(files, async (cwd) => {
    const refused = await millrace(['run', 'plan.json'], { cwd })
    assert.equal([refused.code, refused.stdout], [2, ''])
    assert.is(
      refused.stderr,
      '1 operation of 2 has to be confirmed:\n- b file.write b.txt\nCannot ask for confirmation: stdin or stderr is not a terminal. --yes confirms them. Nothing was done.\n',
    )
    assert.not(existsSync(join(cwd, 'a.txt')) || existsSync(join(cwd, '.millrace')))
    assert.is((await millrace(['run', 'plan.json', '--yes', '--repeat', '2'], { cwd })).code, 0)
    assert.ok(existsSync(join(cwd, 'b.txt')))
  }))

test('are refused in a plan from stdin, and in a comparison', () =>
  inFolder(files, async (cwd) => {
    const stdin = JSON.stringify(files['plan.json'])
    assert.match((await millrace(['run', '-'], { cwd, stdin })).stderr, 'Cannot ask for confirmation: the plan comes from stdin.')
    const compared = await millrace(['run', 'plan.json', '--compare-sequential=1'], { cwd })
    assert.is(compared.code, 2)
    assert.match(compared.stderr, 'Cannot ask for confirmation: --compare-sequential runs them many times.')
  }))

test('stand in what "plan" shows', () =>
  inFolder(files, async (cwd) => {
    assert.match((await millrace(['plan', 'plan.json'], { cwd })).stdout, 'b  file.write  (to be confirmed before the run)\n')
    const { stdout } = await millrace(['plan', 'plan.json', '--json'], { cwd })
    const { operations } = JSON.parse(stdout) as { operations: readonly { confirm?: unknown }[] }
    assert.equal(
      operations.map(({ confirm }) => confirm),
      [undefined, true],
    )
  }))

test('"plan" says which references lead to what a result does not always have', () =>
  inFolder(
    {
      'plan.json': [
        write('a'),
        { id: 'b', type: 'file.write', params: { path: 'b', content: { $ref: 'a.inPlace' } } },
        { id: 'c', type: 'file.write', params: { path: 'c', content: { $template: '{{a.inPlace}} {{a.inPlace}} {{a.path}}' } } },
        { id: 'd', type: 'file.write', params: { path: 'd', content: { $ref: 'a.inPlace', default: false } } },
      ],
    },
    async (cwd) => {
      const { code, stdout } = await millrace(['plan', 'plan.json'], { cwd })
      assert.is(code, 0)
      const notes = stdout.split('\n').filter((line) => line.includes(' uses a.inPlace, but file.write does not always '))
      assert.equal(
        notes.map((line) => line.split(':')[0]),
        ['b', 'c'],
      )
      const json = JSON.parse((await millrace(['plan', 'plan.json', '--json'], { cwd })).stdout) as { notes: readonly { id: string }[] }
      assert.equal(
        json.notes.map(({ id }) => id),
        ['b', 'c'],
      )
    },
  ))

test.run()
