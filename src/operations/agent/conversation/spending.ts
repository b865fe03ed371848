import { addUsage, type Usage } from '../../../model/usage.js'
import type { Budget } from '../agentSettings.js'

/** What the turns of one task have used so far. */
export interface Spending {
  add(usage: Usage | undefined): void
  /** Undefined as long as no turn reported any. */
  readonly usage: Usage | undefined
  /** Why no further turn may begin, in words; undefined while one may. */
  exceeded(budget: Budget | undefined): string | undefined
}

export function spending(): Spending {
  let used: Usage | undefined
  let turns = 0
  return {
    add(usage) {
      turns++
      if (usage !== undefined) used = addUsage(used, usage)
    },
    get usage() {
      return used
    },
    exceeded({ maxTokens = Infinity, maxCostUsd = Infinity, maxTurns = Infinity } = {}) {
      const { inputTokens = 0, outputTokens = 0, costUsd = 0 } = used ?? {}
      const tokens = inputTokens + outputTokens
      if (turns >= maxTurns) return `it has used ${maxTurns === 1 ? 'its one turn' : `all of its ${maxTurns} turns`}`
      if (tokens >= maxTokens) return `it has used ${tokens} tokens, and its limit is ${maxTokens}`
      // Where no cost is known, none is reached: the page on agents says what a limit on it needs.
      if (costUsd >= maxCostUsd) return `it has cost $${costUsd.toFixed(4)}, and its limit is $${maxCostUsd}`
      return undefined
    },
  }
}
