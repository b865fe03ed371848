// p-queue with gates, as with p-limit: it knows priorities, and no dependencies.
import PQueue from 'p-queue'
import { endedBy } from './gates.mjs'

export function prepare({ shape, work, concurrency }) {
  return {
    run() {
      const queue = new PQueue({ concurrency })
      return endedBy(shape, (index) => queue.add(() => work.perform(index)))
    },
  }
}
