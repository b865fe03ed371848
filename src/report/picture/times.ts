import type { PicturedAttempt, PicturedOperation } from './picture.js'

/** Time that the attempts of an operation took; of one that still runs until then. */
export function runMs({ attempts }: PicturedOperation, lastAt: number): number {
  let ms = 0
  for (const { startedAt, endedAt = lastAt, placed } of attempts) ms += endedAt - startedAt - queued(placed)
  return ms
}

function queued(placed: PicturedAttempt['placed']): number {
  return placed?.queuedMs ?? 0
}

/** Time that it was ready, or waited between its attempts or in a queue. */
export function waitedMs({ readyAt, endedAt, attempts }: PicturedOperation, lastAt: number): number {
  if (readyAt === undefined) return 0
  let ms = 0
  let from = readyAt
  for (const attempt of attempts) {
    ms += attempt.startedAt - from + queued(attempt.placed)
    from = attempt.endedAt ?? lastAt
  }
  return ms + (endedAt ?? lastAt) - from
}

/** From the start of the first attempt to the end of the last. */
export function makespanMs(operations: readonly PicturedOperation[], lastAt: number): number {
  let first = Infinity
  let last = 0
  for (const { attempts } of operations)
    for (const { startedAt, endedAt } of attempts) {
      first = Math.min(first, startedAt)
      last = Math.max(last, endedAt ?? lastAt)
    }
  return first === Infinity ? 0 : last - first
}
