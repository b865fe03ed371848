import type { Usage } from '../../model/usage.js'
import type { Prices } from './agentSettings.js'

/** Usage with its cost by the prices of its kind, where the runner reports no cost itself. */
export function priced(usage: Usage, prices: Prices | undefined): Usage {
  if (prices === undefined || usage.costUsd !== undefined) return usage
  const { inputTokens = 0, outputTokens = 0 } = usage
  return { ...usage, costUsd: (inputTokens * prices.input + outputTokens * prices.output) / 1_000_000 }
}
