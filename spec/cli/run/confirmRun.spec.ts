import { PassThrough } from 'node:stream'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { confirmRun } from '../../../src/cli/run/confirmRun.js'
import { compiled } from '../../support/graphs.js'

const test = suite('confirmRun')

const step = (id: string, more: object = {}): object => ({ id, type: 'test', operation: 'echo', ...more })
const plan = compiled([step('a'), step('b', { confirm: true }), step('c', { confirm: true }), step('d', { confirm: false })])

interface Asked {
  readonly result: string | undefined
  readonly shown: string
}

async function asked(typed: string, more: { readonly isDone?: (id: string) => boolean; readonly yes?: boolean } = {}): Promise<Asked> {
  const [stdin, stderr] = [new PassThrough(), new PassThrough()]
  stdin.end(typed)
  const result = await confirmRun(plan, { yes: false, ...more, terminal: { stdin, stderr } })
  return { result, shown: String(stderr.read() ?? '') }
}

for (const yes of ['y\n', 'Y\n', 'yes\n', ' YES \n', 'y\nn\n'])
  test(`${JSON.stringify(yes)} begins the run`, async () => assert.is((await asked(yes)).result, undefined))

for (const no of ['', '\n', 'n\n', 'no\n', 'yep\n', 'ok\n', '\ny\n'])
  test(`${JSON.stringify(no)} begins nothing`, async () => assert.is((await asked(no)).result, 'Not confirmed; nothing was done.'))

test('lists what has to be confirmed', async () => {
  const { shown } = await asked('n\n')
  assert.match(shown, '2 operations of 4 have to be confirmed:\n- b test.echo\n- c test.echo\nRun the whole plan? [y/N] ')
})

test('nobody is asked where somebody agreed beforehand, or nothing marked is left', async () => {
  assert.equal(await asked('', { yes: true }), { result: undefined, shown: '' })
  assert.equal(await asked('', { isDone: (id) => id !== 'a' }), { result: undefined, shown: '' })
  assert.match((await asked('y\n', { isDone: (id) => id === 'b' })).shown, '1 operation of 4 has to be confirmed:\n- c test.echo\n')
})

test('where nobody can be asked, it says why, and what confirms them', async () => {
  assert.is(
    await confirmRun(plan, { yes: false, terminal: 'stdin is not a terminal' }),
    '2 operations of 4 have to be confirmed:\n- b test.echo\n- c test.echo\nCannot ask for confirmation: stdin is not a terminal. --yes confirms them. Nothing was done.',
  )
})

test.run()
