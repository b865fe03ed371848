// p-limit with gates: an operation asks for its place when the promises of those it waits for have settled.
import pLimit from 'p-limit'
import { endedBy } from './gates.mjs'

export function prepare({ shape, work, concurrency }) {
  return {
    run() {
      const limit = pLimit(concurrency)
      return endedBy(shape, (index) => limit(work.perform, index))
    },
  }
}
