// Built along with the specs; then: node .spec/spec/bench/tokenTurns.js PLANS.json, with the plans of tokens.ts.
// What the server's own answers come to against single calls: requests, tokens written, and growth of the context. Calls are written as the
// tools teach it: an id only where something refers to it, no dependency within one server, whose tools keep their order. Tools are named and calls numbered as Claude Code does it.
import { readFileSync } from 'node:fs'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { answerMessage, callMessage, valueText } from '../../src/monitor/tokens/messages.js'
import { serverAnswer } from './serverAnswer.js'

interface Turn {
  readonly user: string
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

/** Ids of calls: of the form that hosted models get, and the shortest there are. They are in every call and every answer. */
const idForms = {
  'call ids as Claude Code sends them': (place: number): string => `toolu_01A09q90qw90lq917835lq${String(place).padStart(2, '0')}`,
  'call ids of two characters': (place: number): string => `c${place}`,
} as const

/** Roughly the prices of hosted models in 2025, in tokens read afresh: written to the cache, read from it, written by the model. */
const weights = { fresh: 1.25, cached: 0.1, written: 5 }

/** What the cache holds before the turn: instructions, and the definitions of this server's tools beside those of the others. */
const start = { instructions: 5_000, batchTools: 1_600 }

/** What the recorded calls give each tool: of its definition only this is known, so that a real one is longer. */
const given = new Map<string, Map<string, string>>()
for (const { ops } of turns)
  for (const { op, params } of ops) {
    const known = given.get(op) ?? new Map<string, string>()
    given.set(op, known)
    for (const [name, value] of Object.entries(params as object)) known.set(name, Array.isArray(value) ? 'array' : typeof value)
  }

/** The definitions of these tools, as a client sends them. */
function definitionTokens(names: readonly string[]): number {
  const definitions = [...new Set(names)].map((name) => ({
    name: `mcp__${name.replace('.', '__')}`,
    description: '',
    input_schema: {
      type: 'object',
      properties: Object.fromEntries([...(given.get(name) ?? [])].map(([field, type]) => [field, { type }])),
    },
  }))
  return tokens(JSON.stringify(definitions))
}

for (const [what, callId] of Object.entries(idForms)) measure(what, callId)

interface Sums {
  requests: number
  output: number
  growth: number
  warm: number
  warmWithDefinitions: number
  /** What each token of definitions in the cache adds to the warm cost. */
  perDefinition: number
}

/** What a turn reads and writes once its start is in the cache: each request reads all before it from there, and what is new afresh. */
function warmCost(cached: number, user: number, messages: readonly { readonly call: number; readonly answer: number }[]): number {
  let before = cached + user
  let cost = weights.cached * cached + weights.fresh * user
  for (const { call, answer } of messages) {
    // The next request reads the call and its answer for the first time.
    cost += weights.written * call + weights.fresh * (call + answer) + weights.cached * before
    before += call + answer
  }
  return cost
}

function measure(what: string, callId: (place: number) => string): void {
  const nothing = (): Sums => ({ requests: 0, output: 0, growth: 0, warm: 0, warmWithDefinitions: 0, perDefinition: 0 })
  const sums = { single: nothing(), batch: nothing(), empty: nothing() }
  const add = (
    to: keyof typeof sums,
    [user, definitions]: readonly [number, number],
    said: readonly (readonly [call: string, answer: string])[],
  ): void => {
    const messages = said.map(([call, answer]) => ({ call: tokens(call), answer: tokens(answer) }))
    const own = start.instructions + (to === 'single' ? 0 : start.batchTools)
    sums[to].requests += messages.length + 1
    sums[to].output += messages.reduce((sum, { call }) => sum + call, 0)
    sums[to].growth += messages.reduce((sum, { call, answer }) => sum + call + answer, 0)
    sums[to].warm += warmCost(own, user, messages)
    sums[to].perDefinition += weights.cached * (messages.length + 1)
    sums[to].warmWithDefinitions += warmCost(own + definitions, user, messages)
  }

  for (const { user, ops } of turns) {
    const before = [tokens(user), definitionTokens(ops.map(({ op }) => op))] as const
    add(
      'single',
      before,
      ops.map(({ op, params, result }, place) => {
        const id = callId(place)
        return [
          callMessage([{ id, tool: `mcp__${op.replace('.', '__')}`, input: params }]),
          answerMessage([{ id, text: valueText(result) }]),
        ]
      }),
    )
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
    const call = callMessage([{ id: callId(0), tool: 'mcp__millrace__batch_execute', input: { operations } }])
    add('batch', before, [[call, answerMessage([{ id: callId(0), text }])]])
    add('empty', before, [[call, answerMessage([{ id: callId(0), text: '' }])]])
  }

  /** Tokens of definitions from which on the warm cost is at most this share. */
  const definitionsFor = (wanted: number): number =>
    Math.ceil((sums.batch.warm - wanted * sums.single.warm) / (wanted * sums.single.perDefinition - sums.batch.perDefinition))
  const share = (figure: keyof Sums, of: 'batch' | 'empty' = 'batch'): string => (sums[of][figure] / sums.single[figure]).toFixed(3)
  console.log(
    `${turns.length} turns, ${what}, batch against single calls: requests ${share('requests')}, output ${share('output')}, growth ${share('growth')}; ` +
      `warm cost ${share('warm')} (with empty answers ${share('warm', 'empty')}), with the definitions of the other servers' tools in the cache ${share('warmWithDefinitions')}, at most 0.70 from ${definitionsFor(0.7)} tokens of definitions on`,
  )
}
