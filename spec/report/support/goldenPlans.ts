import type { Simulated } from './simulatedRun.js'

/** A generator of numbers from 0 to 1 that gives the same ones everywhere (Numerical Recipes). */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

interface PlanShape {
  readonly operations: number
  readonly concurrency: number
  /** Of all operations, how many fail, and how many fail once and are tried again. */
  readonly failing?: number
  readonly retried?: number
  readonly seed?: number
}

const layers = ['fetch', 'compile', 'test', 'pack', 'upload']

/** Five layers of operations of different types: each waits for a few of the layer before. */
export function layeredPlan({ operations: total, concurrency, failing = 0, retried = 0, seed = 1 }: PlanShape): {
  readonly name: string
  readonly concurrency: number
  readonly operations: readonly object[]
} {
  const next = numbersFrom(seed)
  const each = Math.ceil(total / layers.length)
  const operations = Array.from({ length: total }, (_, index) => {
    const layer = Math.floor(index / each)
    const before = Array.from(
      { length: layer === 0 ? 0 : 1 + Math.floor(next() * 3) },
      () => (layer - 1) * each + Math.floor(next() * each),
    )
    const fails = next() < failing ? 9 : next() < retried ? 1 : 0
    const params: Simulated = {
      ms: Math.round(10 ** (1 + 1.6 * next()) * 100) / 100,
      ...(fails > 0 && { fails, error: `The registry answered 503 for package-${index}.\nTry again later.` }),
      ...(next() < 0.02 && { says: [`resolving package-${index}\n`, 'done\n'] }),
    }
    return {
      id: `${layers[layer]}-${index}`,
      type: `sim.${layers[layer]}`,
      params,
      ...(before.length > 0 && { dependencies: [...new Set(before)].map((place) => `${layers[layer - 1]}-${place}`) }),
      ...(fails === 1 && { retry: { attempts: 2, delayMs: 20 } }),
    }
  })
  return { name: 'release', concurrency, operations }
}
