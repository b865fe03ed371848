// Built along with the specs; then: node .spec/spec/bench/tokens.js PLANS.json
// Counts the tokens of turns of real agents, done in four ways; a batch is answered as the server answers it. PLANS.json: [{id, user, ops: [{id, op, params, after, refs, result}]}],
// refs being arguments that equal a leaf of an earlier result: {value, op, path}.
import { readFileSync } from 'node:fs'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { tokenForms, tokenRows, tokenTable, type TokenTableRow } from '../../src/monitor/tokens/tokenTable.js'
import type { TokenPlan } from '../../src/monitor/tokens/tokenPlan.js'
import { serverAnswer } from './serverAnswer.js'

interface RecordedTurn {
  readonly user: string
  readonly ops: readonly {
    readonly id: string
    readonly op: string
    readonly params: unknown
    readonly after: readonly string[]
    readonly refs: readonly { readonly value: string; readonly op: string; readonly path: string }[]
    readonly result: unknown
  }[]
}

const tokenizer = { name: 'o200k_base', count: (text: string) => countTokens(text, { disallowedSpecial: new Set<string>() }) }

function planOf({ ops }: RecordedTurn): TokenPlan {
  return {
    operations: ops.map(({ id, op, params, after, refs, result }) => {
      const place = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(place)
        if (typeof value === 'object' && value !== null)
          return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, place(member)]))
        const ref = refs.find((one) => one.value === String(value))
        return ref === undefined ? value : { $ref: `${ref.op}.${ref.path}` }
      }
      return { id, name: op, params: place(params), dependencies: after, value: result }
    }),
  }
}

const [path] = process.argv.slice(2)
if (path === undefined) throw new Error('Give the file with the recorded turns: node .spec/spec/bench/tokens.js PLANS.json')
const turns = JSON.parse(readFileSync(path, 'utf8')) as readonly RecordedTurn[]

/** Instructions and tools before the first request, and what the batch's own tools add to them. */
const starts = [
  { title: 'Nothing but what the user said', before: 0, batchTools: 0, cached: false },
  {
    title: '5,000 tokens of instructions and tools, 1,600 more for the tools of the batch; first turn',
    before: 5_000,
    batchTools: 1_600,
    cached: false,
  },
  { title: 'The same, a later turn: the start was read before', before: 5_000, batchTools: 1_600, cached: true },
]

const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length

for (const { title, before, batchTools, cached } of starts) {
  const told = turns.map((turn) => {
    const plan = planOf(turn)
    const rowsFrom = (start: number): readonly TokenTableRow[] =>
      tokenTable(plan, {
        tokenizer,
        startTokens: start + tokenizer.count(turn.user),
        cachedStartTokens: cached ? start : 0,
        batchAnswer: serverAnswer,
      }).rows
    const single = rowsFrom(before).filter(({ row }) => !row.startsWith('batch'))
    const batch = rowsFrom(before + batchTools).filter(({ row }) => row.startsWith('batch'))
    return { operations: plan.operations.length, rows: [...single, ...batch] }
  })
  const rowOf = (rows: readonly TokenTableRow[], row: string, form: string): TokenTableRow =>
    rows.find((one) => one.row === row && one.form === form)!

  console.log(`\n${title}: mean of ${told.length} turns, ${mean(told.map(({ operations }) => operations)).toFixed(2)} operations each\n`)
  console.log('| way | results as | requests | output | context growth | processed | cost | cost of sequential, text |')
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |')
  const means = tokenForms.flatMap((form) =>
    // The server answers in one text, whatever the client takes.
    tokenRows
      .filter((row) => form === 'text' || !row.startsWith('batch'))
      .map((row) => {
        const of = (figure: (found: TokenTableRow) => number): number => mean(told.map(({ rows }) => figure(rowOf(rows, row, form))))
        const cost = of((one) => one.cost)
        const share = cost / mean(told.map(({ rows }) => rowOf(rows, 'sequential', 'text').cost))
        const whole = [of((one) => one.output), of((one) => one.contextGrowth), of((one) => one.processed), cost].map((n) => n.toFixed(0))
        return { cost, cells: [row, form, of((one) => one.requests).toFixed(2), ...whole, share.toFixed(2)] }
      }),
  )
  // What costs more comes first.
  for (const { cells } of means.sort((a, b) => b.cost - a.cost)) console.log(`| ${cells.join(' | ')} |`)

  console.log(
    '\n| operations | turns | batch, all: cost of sequential | of level-parallel | turns where it costs more than sequential | than level-parallel |',
  )
  console.log('| --- | --- | --- | --- | --- | --- |')
  for (const [least, most] of [
    [2, 2],
    [3, 3],
    [4, 5],
    [6, Infinity],
  ] as const) {
    const some = told.filter(({ operations }) => operations >= least && operations <= most)
    if (some.length === 0) continue
    const cost = (row: string) => some.map(({ rows }) => rowOf(rows, row, 'text').cost)
    const [sequential, level, batch] = [cost('sequential'), cost('level-parallel'), cost('batch, all results')]
    const more = (than: readonly number[]): number => batch.filter((one, index) => one > than[index]!).length
    const shares = [mean(batch) / mean(sequential), mean(batch) / mean(level)].map((share) => share.toFixed(2))
    const range = least === most ? `${least}` : most === Infinity ? `${least} and more` : `${least} to ${most}`
    console.log(`| ${[range, some.length, ...shares, more(sequential), more(level)].join(' | ')} |`)
  }
}
