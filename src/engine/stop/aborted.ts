import { Observable } from 'rxjs'

/** Gives the reason of an abort, which may have happened already. */
export function aborted(signal: AbortSignal): Observable<string> {
  // `fromEvent` does not give an event that has been.
  return new Observable((subscriber) => {
    const listener = (): void => subscriber.next(reasonOf(signal))
    if (signal.aborted) return listener()
    signal.addEventListener('abort', listener, { once: true })
    return () => signal.removeEventListener('abort', listener)
  })
}

function reasonOf(signal: AbortSignal): string {
  const reason: unknown = signal.reason
  return reason instanceof Error ? reason.message : String(reason)
}
