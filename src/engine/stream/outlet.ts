import { Observable, type Observer, type Subscriber } from 'rxjs'

/** A subject with one subscriber. */
export interface Outlet<A> extends Observable<A>, Pick<Observer<A>, 'next'> {
  readonly closed: boolean
}

/** Every operation passes here: a `Subject` copies its list of observers at every value. */
export function outlet<A>(): Outlet<A> {
  return new SingleSubject<A>()
}

class SingleSubject<A> extends Observable<A> implements Outlet<A> {
  private to: Subscriber<A> | undefined

  constructor() {
    super((subscriber) => void (this.to = subscriber))
  }

  get closed(): boolean {
    return this.to?.closed !== false
  }

  next(value: A): void {
    this.to?.next(value)
  }
}
