import { take, type Observable, type OperatorFunction } from 'rxjs'
import { operation, runBatch, type BatchEvent, type Operation, type Run, type RunOptions } from '../../src/index.js'
import type { FileJournal } from '../../src/node.js'
import type { Contender, Job, Prepared } from './contender.js'
import { sourcesOf } from './shape.js'
import { cpuMs } from './cpu.js'

/**
 * This library, by its public entry, with operations made in code. A run is cold and reads its plan at the first subscription: that
 * one leaves at the first event, and what is timed is the next, which runs the plan from its beginning.
 */
export function millrace<A>(
  through: OperatorFunction<BatchEvent, A>,
  hear: (event: A) => void,
  options: Pick<RunOptions, 'known'> & { readonly journal?: FileJournal } = {},
): Contender {
  return {
    async prepare(job): Promise<Prepared> {
      const [batch, reading] = readBatch(job, options)
      await options.journal?.close()
      return {
        reading: (reading * 1_000) / job.shape.size,
        run: () =>
          new Promise((resolve, reject) => {
            batch.pipe(through).subscribe({ next: hear, error: reject, complete: resolve })
          }),
      }
    },
  }
}

function readBatch({ shape, work, concurrency }: Job, options: RunOptions): readonly [Run, number] {
  const operations: Operation[] = []
  for (let index = 0; index < shape.size; index++) {
    const dependencies = sourcesOf(shape, index).map((source) => operations[source]!)
    operations.push(operation(`o${index}`, () => work.perform(index), dependencies.length === 0 ? undefined : { dependencies }))
  }
  const batch = runBatch(operations, { ...options, concurrency })
  const before = cpuMs()
  readOnly(batch)
  return [batch, cpuMs() - before]
}

function readOnly(batch: Observable<BatchEvent>): void {
  let failure: unknown
  // Nothing has started at the first event.
  batch.pipe(take(1)).subscribe({ error: (error: unknown) => (failure = error) })
  if (failure !== undefined) throw failure as Error // An InvalidPlanError, or a defect.
}
