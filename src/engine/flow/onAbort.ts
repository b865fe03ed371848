/** Hears of an abort that happens, or has happened already. */
export function onAbort(signal: AbortSignal, heard: (message: string) => void): { unsubscribe(): void } {
  const listener = (): void => heard(reasonOf(signal))
  if (signal.aborted) listener()
  else signal.addEventListener('abort', listener, { once: true })
  return { unsubscribe: () => signal.removeEventListener('abort', listener) }
}

function reasonOf(signal: AbortSignal): string {
  const reason: unknown = signal.reason
  return reason instanceof Error ? reason.message : String(reason)
}
