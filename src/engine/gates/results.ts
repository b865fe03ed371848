import type { Graph, Results, CompiledOperation } from '../../model/graph.js'
import type { Outcome } from '../../model/outcome.js'

/** What later operations may still ask for. An outcome is let go when its last referrer has ended. */
export interface KeptResults extends Results {
  keep(index: number, outcome: Outcome): void
  /** An operation has ended: it will not ask again. */
  release(index: number, operation: CompiledOperation): void
}

/** `conceal` is told of every secret text that takes a place in parameters. */
export function keptResults(graph: Pick<Graph, 'referrers' | 'shared'>, conceal: (text: string) => void): KeptResults {
  const { shared } = graph
  const kept = new Map<number, Outcome>()
  const referrers = graph.referrers.slice()
  const letGo = (source: number): void => {
    if (--referrers[source]! === 0) kept.delete(source)
  }

  const outcome = (index: number): Outcome => {
    const found = kept.get(index)
    if (found === undefined) throw new Error(`A defect in millrace: the outcome of operation ${index} was asked for and not kept.`)
    return found
  }
  return {
    has: (index) => kept.get(index)?.type === 'succeeded',
    get(index) {
      const found = kept.get(index)
      return found?.type === 'succeeded' ? found.value : undefined
    },
    outcome,
    conceal,
    keep(index, ended) {
      if (referrers[index]! > 0) kept.set(index, ended)
    },
    release(index, operation) {
      for (const source of operation.sources) letGo(source)
      const first = shared.size === 0 ? undefined : shared.get(index)
      if (first !== undefined) letGo(first)
    },
  }
}
