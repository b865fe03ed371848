// Built along with the specs; then: node .spec/spec/bench/tokenTurns.js PLANS.json, with the plans of tokens.ts.
// What the server's own answers come to against single calls: requests, tokens written, and growth of the context. Calls are written as the
// tools teach it: an id only where something refers to it, no dependency within one server, whose tools keep their order. Tools are named and calls numbered as Claude Code does it.
import { readFileSync } from 'node:fs'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { answerMessage, callMessage, valueText } from '../../src/monitor/tokens/messages.js'
import { serverAnswer } from './serverAnswer.js'

interface Turn {
  readonly ops: readonly {
    readonly id: string
    readonly op: string
    readonly params: unknown
    readonly refs: readonly { readonly value: string; readonly op: string; readonly path: string }[]
    readonly result: unknown
  }[]
}

const tokens = (text: string): number => countTokens(text, { disallowedSpecial: new Set<string>() })

const [path] = process.argv.slice(2)
if (path === undefined) throw new Error('Give the file with the recorded turns: node .spec/spec/bench/tokenTurns.js PLANS.json')
const turns = JSON.parse(readFileSync(path, 'utf8')) as readonly Turn[]

/** An id of the form that hosted models get: they are in every call and every answer. */
const callId = (place: number): string => `toolu_01A09q90qw90lq917835lq${String(place).padStart(2, '0')}`

const sums = { single: { requests: 0, output: 0, growth: 0 }, batch: { requests: 0, output: 0, growth: 0 } }
const add = (to: keyof typeof sums, requests: number, call: string, answer: string): void => {
  sums[to].requests += requests
  sums[to].output += tokens(call)
  sums[to].growth += tokens(call) + tokens(answer)
}

for (const { ops } of turns) {
  ops.forEach(({ op, params, result }, place) => {
    const id = callId(place)
    add(
      'single',
      1,
      callMessage([{ id, tool: `mcp__${op.replace('.', '__')}`, input: params }]),
      answerMessage([{ id, text: valueText(result) }]),
    )
  })
  sums.single.requests++
  const names = new Map(ops.map(({ id }, place) => [id, `op${place + 1}`]))
  const referred = new Set(ops.flatMap(({ refs }) => refs.map(({ op }) => op)))
  const operations = ops.map(({ id, op, params, refs }) => {
    const place = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(place)
      if (typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, place(member)]))
      const ref = refs.find((one) => one.value === String(value))
      return ref === undefined ? value : { $ref: `${names.get(ref.op)}.${ref.path}` }
    }
    return { ...(referred.has(id) && { id: names.get(id) }), type: 'tool', operation: op, params: place(params) }
  })
  const { text } = serverAnswer(
    ops.map(({ id, result }) => ({ id: names.get(id) ?? id, value: result })),
    ops.length,
  )
  add(
    'batch',
    2,
    callMessage([{ id: callId(0), tool: 'mcp__millrace__batch_execute', input: { operations } }]),
    answerMessage([{ id: callId(0), text }]),
  )
}

const share = (figure: 'requests' | 'output' | 'growth'): string => (sums.batch[figure] / sums.single[figure]).toFixed(3)
console.log(
  `${turns.length} turns, batch against single calls: requests ${share('requests')}, output ${share('output')}, growth ${share('growth')}`,
)
