import type { ServedCall, CallProgress } from '../call.js'
import type { ServedBatch } from './batch.js'

/** Clients give up on a call that says nothing for a minute, some sooner. */
const heartbeatMs = 5_000
/** No faster than a person can read. */
const quickestMs = 500

/** Waits until a batch has finished, the time is up or the caller has gone, and tells the caller meanwhile how far it is. */
export async function waitFor(
  batch: ServedBatch,
  waitMs: number,
  { signal, onProgress }: ServedCall,
): Promise<'finished' | 'running' | 'gone'> {
  if (batch.summary !== undefined) return 'finished'
  if (signal?.aborted === true) return 'gone'
  const cleanUps: (() => void)[] = []
  const waited = new Promise<'running' | 'gone'>((resolve) => {
    const timer = setTimeout(() => resolve('running'), waitMs)
    const gone = (): void => resolve('gone')
    signal?.addEventListener('abort', gone, { once: true })
    cleanUps.push(
      () => clearTimeout(timer),
      () => signal?.removeEventListener('abort', gone),
    )
  })
  if (onProgress !== undefined) cleanUps.push(tellProgress(batch, onProgress))
  try {
    return await Promise.race([batch.done.then((): 'finished' => 'finished'), waited])
  } finally {
    for (const cleanUp of cleanUps) cleanUp()
  }
}

function tellProgress(batch: ServedBatch, tell: (progress: CallProgress) => void): () => void {
  let last = -1
  let toldAt = performance.now()
  let toldEnded = 0
  const timer = setInterval(() => {
    const ended = batch.ends.size
    const silentMs = performance.now() - toldAt
    if (ended === toldEnded && silentMs < heartbeatMs) return
    const progress = risen(last, done(batch), batch.operations.length)
    tell({ progress, total: batch.operations.length, message: progressText(batch) })
    last = progress
    toldAt = performance.now()
    toldEnded = ended
  }, quickestMs)
  return () => clearInterval(timer)
}

/** Operations ended, and the parts done of those at work. Parts of operations do not count beside them. */
function done({ operations, ends, running }: ServedBatch): number {
  let sum = 0
  for (const { id } of operations) sum += ends.has(id) ? 1 : (running.get(id) ?? 0)
  return Math.min(sum, operations.length)
}

// The protocol wants every report to be higher than the one before, also when nothing has ended since: each then takes a thousandth
// of the way that is left, so that the end is never reached before it is.
function risen(last: number, reached: number, total: number): number {
  return reached > last ? reached : last + (total - last) / 1_000
}

const named = 4

/** How far a batch is, and what it is at, in words. */
export function progressText({ operations, ends, running, waiting }: ServedBatch): string {
  if (waiting !== undefined) return inLineText(waiting)
  const ids = [...running.keys()]
  const shown = ids.slice(0, named).join(', ')
  const atWork = ids.length === 0 ? '' : `; running: ${shown}${ids.length > named ? ` and ${ids.length - named} more` : ''}`
  const ended = operations.filter(({ id }) => ends.has(id)).length
  return `${ended} of ${operations.length} operations ended${atWork}`
}

/** Where a batch stands that waits for others to end. */
export function inLineText(before: number): string {
  return before === 0 ? 'waiting in line: it is next' : `waiting in line: ${before} ${before === 1 ? 'batch' : 'batches'} before it`
}
