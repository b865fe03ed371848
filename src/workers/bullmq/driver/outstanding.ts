// workers/bullmq/driver: the side of the run: attempts go into a queue, workers ask for them, what they say comes back.
import { OperationFailure, isOperationError, type OperationError } from '../../../model/operationError.js'
import { workerLost, type PlacedAttempt, type PlacedContext } from '../../../model/performer.js'
import type { End, ToldItem } from '../wire/messages.js'

/** Where an attempt is that has not ended. */
export type Whereabout =
  /** Since when, in epoch ms. */
  | { readonly type: 'queued'; readonly since: number }
  | { readonly type: 'placed'; readonly claim: string; readonly worker: string; readonly inbox: string }

/** An attempt that was handed over and has not ended. */
export class Outstanding {
  where: Whereabout = { type: 'queued', since: Date.now() }
  /** The last message of what it gave out that was heard: one may come twice. */
  heard = 0
  /** It was told to end. */
  cancelled = false
  /** Redis may have lost what was said of it. */
  doubtful = false

  constructor(
    readonly attempt: PlacedAttempt,
    readonly jobId: string,
    readonly place: string,
    readonly sealed: string,
    private readonly context: PlacedContext,
    private readonly settle: { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void },
  ) {}

  begins(worker: string, claim: string, inbox: string): void {
    this.where = { type: 'placed', claim, worker, inbox }
    this.context.placed(worker)
  }

  /** Whether what comes with this claim is about its present attempt to perform it. */
  has(claim: string): boolean {
    return this.where.type === 'placed' && this.where.claim === claim
  }

  tell(items: readonly ToldItem[]): void {
    const { output, progress, emit } = this.context
    for (const item of items)
      if ('stream' in item) output(item.stream, item.text)
      else if ('name' in item) emit(item.name, item.data)
      else progress(item.fraction, item.message)
  }

  room(): PromiseLike<void> | undefined {
    return this.context.room()
  }

  end({ items, outcome, value, error }: End): void {
    this.tell(items)
    switch (outcome) {
      case 'value':
        return this.settle.resolve(value)
      case 'error':
        return this.settle.reject(
          isOperationError(error) ? new OperationFailure(error) : new Error('A worker reported a failure in an unknown form.'),
        )
      case 'lost':
        return this.lost()
    }
  }

  lost(): void {
    const worker = this.where.type === 'placed' ? this.where.worker : ''
    this.settle.reject(new OperationFailure(workerLost(worker, this.attempt.repeatable)))
  }

  fail(error: OperationError): void {
    this.settle.reject(new OperationFailure(error))
  }

  abort(): void {
    this.settle.reject(new Error('The attempt was aborted before a worker took it.'))
  }
}
