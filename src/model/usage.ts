import { isPlainObject, own } from './codec/plainObject.js'

/** What language models used, as far as it was reported. Operations report it by an `operation-emitted` named `usage`. */
export interface Usage {
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly costUsd?: number
}

/** The usage in the data of an event; undefined when there is none in it. */
export function usageIn(name: string, data: unknown): Usage | undefined {
  if (name !== 'usage' || !isPlainObject(data)) return undefined
  const [inputTokens, outputTokens, costUsd] = ['inputTokens', 'outputTokens', 'costUsd'].map((key) => amount(own(data, key)))
  if (inputTokens === undefined && outputTokens === undefined && costUsd === undefined) return undefined
  return usageOf(inputTokens, outputTokens, costUsd)
}

/** Usage with just the figures that are known. */
export function usageOf(inputTokens: number | undefined, outputTokens: number | undefined, costUsd?: number): Usage {
  return {
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    ...(costUsd !== undefined && { costUsd }),
  }
}

/** The sum of two; a figure that neither knows stays unknown. */
export function addUsage(one: Usage | undefined, other: Usage): Usage {
  return usageOf(sum(one?.inputTokens, other.inputTokens), sum(one?.outputTokens, other.outputTokens), sum(one?.costUsd, other.costUsd))
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined && other === undefined ? undefined : (one ?? 0) + (other ?? 0)
}

function amount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}
