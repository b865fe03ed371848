import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { exchangesOf, plainBatchAnswer } from '../../../src/monitor/tokens/conversations.js'
import { levelsOf, type TokenOperation, type TokenPlan } from '../../../src/monitor/tokens/tokenPlan.js'
import { tokenForms, tokenRows, tokenTable, type TokenTableRow } from '../../../src/monitor/tokens/tokenTable.js'
import type { Tokenizer } from '../../../src/monitor/tokens/tokenizer.js'

const test = suite('tokenTable')

const plan: TokenPlan = {
  operations: [
    { id: 'a', name: 'file.read', params: { path: 'a' }, dependencies: [], value: { content: 'one' } },
    { id: 'b', name: 'file.read', params: { path: 'b' }, dependencies: [], value: { content: 'two' } },
    { id: 'c', name: 'file.write', params: { path: 'c', content: { $ref: 'a.content' } }, dependencies: ['a', 'b'], value: null },
  ],
}

/** A token is a character: figures can be counted by hand. */
const characters: Tokenizer = { name: 'characters', count: (text) => text.length }

test('writes the messages of single calls, with the values that references stand for', () => {
  assert.equal(exchangesOf('sequential', 'text', plan, plainBatchAnswer)[2], {
    calls: '{"role":"assistant","content":[{"type":"tool_use","id":"c3","name":"file.write","input":{"path":"c","content":"one"}}]}',
    answers: '{"role":"user","content":[{"type":"tool_result","tool_use_id":"c3","content":"null"}]}',
  })
})

test('writes the calls of a level in one message', () => {
  const [first, second, ...more] = exchangesOf('level-parallel', 'text', plan, plainBatchAnswer)
  assert.is(more.length, 0)
  assert.is(first!.calls.match(/tool_use"/g)?.length, 2)
  assert.is(second!.calls.match(/tool_use"/g)?.length, 1)
})

test('writes one call for a batch, with references, and all values', () => {
  assert.equal(exchangesOf('batch, all results', 'text', plan, plainBatchAnswer), [
    {
      calls:
        '{"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"batch_execute","input":{"operations":[' +
        '{"id":"a","type":"file","operation":"read","params":{"path":"a"}},{"id":"b","type":"file","operation":"read","params":{"path":"b"}},' +
        '{"id":"c","type":"file","operation":"write","params":{"path":"c","content":{"$ref":"a.content"}},"dependencies":["b"]}]}}]}',
      answers:
        '{"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":' +
        '"3 of 3 succeeded.\\na: {\\"content\\":\\"one\\"}\\nb: {\\"content\\":\\"two\\"}\\nc: null"}]}',
    },
  ])
})

test('asks for what nobody else needs when nothing was chosen', () => {
  const [{ calls, answers } = { calls: '', answers: '' }] = exchangesOf('batch, chosen results', 'text', plan, plainBatchAnswer)
  assert.match(calls, '"returns":["c"]')
  assert.match(answers, '"content":"3 of 3 succeeded.\\nc: null"')
})

test('asks for what was chosen', () => {
  const [{ answers } = { answers: '' }] = exchangesOf('batch, chosen results', 'text', { ...plan, returns: ['b'] }, plainBatchAnswer)
  assert.match(answers, 'succeeded.\\nb: {')
})

test('adds structured content to the text where a client hands on both', () => {
  const [{ answers } = { answers: '' }] = exchangesOf('sequential', 'text and structured', plan, plainBatchAnswer)
  assert.match(answers, '"content":"{\\"content\\":\\"one\\"}","structuredContent":{"content":"one"}')
})

test('adds up what every request reads again', () => {
  const [sequential] = tokenTable(plan, { tokenizer: characters, startTokens: 100 }).rows
  const messages = exchangesOf('sequential', 'text', plan, plainBatchAnswer)
  const [one, two, three] = messages.map(({ calls, answers }) => calls.length + answers.length) as [number, number, number]
  const output = messages.reduce((total, { calls }) => total + calls.length, 0)
  const processed = 100 + (100 + one) + (100 + one + two) + (100 + one + two + three)
  const fresh = 100 + one + two + three
  assert.equal(sequential, {
    row: 'sequential',
    form: 'text',
    requests: 4,
    output,
    contextGrowth: one + two + three,
    processed,
    cost: fresh + 0.1 * (processed - fresh) + 5 * output,
  } satisfies TokenTableRow)
})

test('reads a start that is cached already for less', () => {
  const cost = (cachedStartTokens: number): number =>
    tokenTable(plan, { tokenizer: characters, startTokens: 100, cachedStartTokens }).rows[0]!.cost
  assert.ok(Math.abs(cost(0) - cost(100) - 90) < 1e-9)
})

test('has a row for each way and form, and names its tokenizer and weights', () => {
  const { tokenizer, rows, weights, startTokens } = tokenTable(plan)
  assert.equal([tokenizer, weights, startTokens], ['chars/4', { fresh: 1, cached: 0.1, output: 5 }, 0])
  assert.equal(
    rows.map(({ row, form }) => `${row}: ${form}`),
    tokenRows.flatMap((row) => tokenForms.map((form) => `${row}: ${form}`)),
  )
})

test('counts with a real tokenizer what that counts', () => {
  const { rows } = tokenTable(plan, { tokenizer: { name: 'o200k_base', count: (text) => countTokens(text) } })
  const [{ calls } = { calls: '' }] = exchangesOf('batch, all results', 'text', plan, plainBatchAnswer)
  assert.is(rows.find(({ row }) => row === 'batch, all results')?.output, countTokens(calls))
})

test('costs more output in a batch of one', () => {
  const single = { operations: plan.operations.slice(0, 1) }
  const output = (row: string): number => tokenTable(single).rows.find((one) => one.row === row && one.form === 'text')!.output
  assert.ok(output('batch, all results') > output('sequential'))
})

test('finds levels in a chain as long as a plan may be, in any order of the list', () => {
  const chain = Array.from({ length: 100_000 }, (_, index): TokenOperation => {
    const dependencies = index === 0 ? [] : [`n${index - 1}`]
    return { id: `n${index}`, name: 'a.b', params: {}, dependencies, value: null }
  })
  assert.is(levelsOf(chain.reverse()).length, 100_000)
})

test.run()
