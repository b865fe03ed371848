import { Observable, Subscriber, type OperatorFunction } from 'rxjs'

/**
 * Does `work` for each value, and passes on what it gives `out`. What it throws errors the result.
 *
 * The same as `concatMap` to something that is over at once, by a single call: it stands where every operation passes.
 */
export function into<A, B>(work: (value: A, out: Subscriber<B>) => void): OperatorFunction<A, B> {
  return (source) => new Observable((out) => source.subscribe(new Into(work, out)))
}

/** RxJS puts nothing between a source and a subscriber of its own class. */
class Into<A, B> extends Subscriber<A> {
  constructor(
    private readonly work: (value: A, out: Subscriber<B>) => void,
    private readonly out: Subscriber<B>,
  ) {
    super(out)
  }

  // Overridden, so it goes on hearing after it has left, unless it looks.
  override next(value: A): void {
    if (this.closed) return
    try {
      this.work(value, this.out)
    } catch (defect) {
      this.error(defect)
    }
  }
}
