// monitor/tokens: counts the tokens of the messages that a batch and single calls send.
import { exchangesOf, plainBatchAnswer, type BatchAnswer, type Exchange, type TokenForm, type TokenRow } from './conversations.js'
import { charsPerFour, type Tokenizer } from './tokenizer.js'
import type { TokenPlan } from './tokenPlan.js'

/** The cost of a token by kind, relative to a fresh input token. */
export interface TokenWeights {
  readonly fresh: number
  /** Read before, in the request before this one. */
  readonly cached: number
  readonly output: number
}

/** Prices of hosted models in 2025, roughly: a cached token a tenth of a fresh one, a written one five times as much. */
export const usualWeights: TokenWeights = { fresh: 1, cached: 0.1, output: 5 }

/** The five figures of one way of doing the operations, and where the cost comes from. */
export interface TokenFigures {
  /** Requests to the model: one for each message with calls, and the one that reads the last results. */
  readonly requests: number
  /** Tokens of all calls the model writes. */
  readonly output: number
  /** Tokens by which the context is longer afterwards: calls and results. */
  readonly contextGrowth: number
  /** Tokens read over all requests: each reads the whole context again. */
  readonly processed: number
  /** `fresh × weight + cached × weight + output × weight`. */
  readonly cost: number
}

/** The figures of one way of doing the operations, in one form of the results. */
export interface TokenTableRow extends TokenFigures {
  readonly row: TokenRow
  readonly form: TokenForm
}

/** The tokens of each way to do the same operations. */
export interface TokenTable {
  readonly tokenizer: string
  readonly weights: TokenWeights
  readonly startTokens: number
  readonly rows: readonly TokenTableRow[]
}

/** How tokens are counted. */
export interface TokenOptions {
  /** Default chars/4, which the table says. */
  readonly tokenizer?: Tokenizer
  /** Tokens in the context before the first request: instructions, tools, what the user said. Default 0. */
  readonly startTokens?: number
  /** How many of these were read before, in an earlier turn of the session. Default 0. */
  readonly cachedStartTokens?: number
  readonly weights?: TokenWeights
  /** How a batch answers; default a line that counts and one for each value. */
  readonly batchAnswer?: BatchAnswer
}

export const tokenRows: readonly TokenRow[] = ['sequential', 'level-parallel', 'batch, all results', 'batch, chosen results']
export const tokenForms: readonly TokenForm[] = ['text', 'text and structured']

/**
 * Counts the tokens of a plan that ran, in four ways, from the messages that would be sent: one call per message, the calls of a level in
 * one message, one batch that returns everything, one batch that returns only selected values.
 *
 * See docs/tokens.md for what this cannot show, and where a batch costs more.
 *
 * @example
 * ```ts
 * import { tokenTable } from 'millrace/report'
 * const { tokenizer, rows } = tokenTable({
 *   operations: [
 *     { id: 'a', name: 'file.read', params: { path: 'a.txt' }, dependencies: [], value: 'one' },
 *     { id: 'b', name: 'file.write', params: { path: 'b.txt', content: { $ref: 'a' } }, dependencies: ['a'], value: null },
 *   ],
 * })
 * tokenizer // => 'chars/4'
 * rows.filter(({ form }) => form === 'text').map(({ requests }) => requests) // => [3, 3, 2, 2]
 * ```
 * @since 0.1.0
 */
export function tokenTable(plan: TokenPlan, options: TokenOptions = {}): TokenTable {
  const {
    tokenizer = charsPerFour,
    startTokens = 0,
    cachedStartTokens = 0,
    weights = usualWeights,
    batchAnswer = plainBatchAnswer,
  } = options
  const rows = tokenRows.flatMap((row) =>
    tokenForms.map((form) => ({
      row,
      form,
      ...figuresOf(exchangesOf(row, form, plan, batchAnswer), tokenizer, [startTokens, cachedStartTokens], weights),
    })),
  )
  return { tokenizer: tokenizer.name, weights, startTokens, rows }
}

function figuresOf(
  exchanges: readonly Exchange[],
  { count }: Tokenizer,
  [startTokens, cachedStartTokens]: readonly [number, number],
  weights: TokenWeights,
): TokenFigures {
  let [context, before, output, processed, cached] = [startTokens, cachedStartTokens, 0, 0, 0]
  const request = (): void => {
    processed += context
    cached += before
    before = context
  }
  for (const { calls, answers } of exchanges) {
    request()
    const written = count(calls)
    output += written
    context += written + count(answers)
  }
  request()
  const cost = (processed - cached) * weights.fresh + cached * weights.cached + output * weights.output
  return { requests: exchanges.length + 1, output, contextGrowth: context - startTokens, processed, cost }
}
