import type { Budget, Prices } from '../agentSettings.js'
import type { Usage } from '../runner.js'

/** What the turns of one task have used so far. */
export interface Spending {
  add(usage: Usage | undefined): void
  readonly usage: Usage
  /** Why no further turn may begin, in words; undefined while one may. */
  exceeded(budget: Budget | undefined): string | undefined
}

export function spending(prices: Prices | undefined): Spending {
  let [input, output, cost, turns] = [0, 0, 0, 0]
  let reported = false
  return {
    add(usage) {
      turns++
      if (usage === undefined) return
      reported = true
      const { inputTokens = 0, outputTokens = 0, costUsd } = usage
      input += inputTokens
      output += outputTokens
      cost += costUsd ?? costOf(inputTokens, outputTokens, prices)
    },
    get usage() {
      return reported ? { inputTokens: input, outputTokens: output, ...(cost > 0 && { costUsd: cost }) } : {}
    },
    exceeded({ maxTokens = Infinity, maxCostUsd = Infinity, maxTurns = Infinity } = {}) {
      if (turns >= maxTurns) return `it has had the ${maxTurns} ${maxTurns === 1 ? 'turn' : 'turns'} that it may have`
      if (input + output >= maxTokens) return `it has used ${input + output} of the ${maxTokens} tokens that it may use`
      if (cost >= maxCostUsd) return `it has cost $${cost.toFixed(4)} of the $${maxCostUsd} that it may cost`
      return undefined
    },
  }
}

/** Where the runner reports no cost and there are no prices, a limit on cost stops nothing: docs say that it needs one of them. */
function costOf(inputTokens: number, outputTokens: number, prices: Prices | undefined): number {
  return prices === undefined ? 0 : (inputTokens * prices.input + outputTokens * prices.output) / 1_000_000
}
