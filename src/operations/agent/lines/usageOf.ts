import type { Usage } from '../runner.js'

/** Usage from what a runner told; only what is a count. */
export function usageOf(inputTokens: number | undefined, outputTokens: number | undefined, costUsd?: number): Usage {
  return {
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    ...(costUsd !== undefined && { costUsd }),
  }
}
