// effect: a fiber for each operation, which awaits the deferreds of those it waits for, then takes a permit of one semaphore.
import { Deferred, Effect, Semaphore } from 'effect'

export function prepare({ shape: { size, offsets, sources }, work, concurrency }) {
  const bodyOf = (index) => (work.kind === 'sync' ? Effect.sync(() => work.perform(index)) : Effect.promise(() => work.perform(index)))
  return {
    run() {
      const slots = Semaphore.makeUnsafe(concurrency)
      const ended = Array.from({ length: size }, () => Deferred.makeUnsafe())
      const operation = (index) => {
        const gates = Array.from(sources.subarray(offsets[index], offsets[index + 1]), (source) => Deferred.await(ended[source]))
        const started = Effect.flatMap(Semaphore.withPermits(slots, 1, bodyOf(index)), (value) => Deferred.succeed(ended[index], value))
        return gates.length === 0 ? started : Effect.flatMap(Effect.all(gates, { discard: true }), () => started)
      }
      const indexes = Array.from({ length: size }, (_, index) => index)
      return Effect.runPromise(Effect.forEach(indexes, operation, { concurrency: 'unbounded', discard: true }))
    },
  }
}
