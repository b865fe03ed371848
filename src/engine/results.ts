import type { Results, Task } from '../model/graph.js'

/** The values later operations may still ask for. One is let go when its last referrer has ended. */
export interface KeptResults extends Results {
  keep(index: number, value: unknown): void
  /** An operation has ended: it will not ask again. */
  release(task: Task): void
}

/** `conceal` is told of every secret text that takes a place in parameters. */
export function keptResults(tasks: readonly Task[], conceal: (text: string) => void): KeptResults {
  const values = new Map<number, unknown>()
  const referrers = new Int32Array(tasks.length)
  for (const task of tasks) for (const source of task.sources) referrers[source]!++
  return {
    has: (index) => values.has(index),
    get: (index) => values.get(index),
    conceal,
    keep(index, value) {
      if (referrers[index]! > 0) values.set(index, value)
    },
    release(task) {
      for (const source of task.sources) if (--referrers[source]! === 0) values.delete(source)
    },
  }
}
