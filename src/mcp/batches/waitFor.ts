import type { ServedCall, CallProgress } from '../call.js'
import { visible } from '../../terminal/text/visible.js'
import type { ServedBatch } from './batch.js'
import type { OpenQuestion } from './openQuestions.js'

/** Clients give up on a call that says nothing for a minute, some sooner. */
const heartbeatMs = 5_000
/** No faster than a person can read. */
const quickestMs = 500

/**
 * Waits until a batch has finished, the time is up or the caller has gone, and tells the caller meanwhile how far it is. What agents ask
 * is put to the caller's user, if it has one; the time begins anew behind each answer.
 */
export async function waitFor(batch: ServedBatch, waitMs: number, call: ServedCall): Promise<'finished' | 'running' | 'gone'> {
  const stopTelling = call.onProgress === undefined ? () => undefined : tellProgress(batch, call.onProgress)
  try {
    for (;;) {
      const met = await nextOf(batch, waitMs, call)
      if (typeof met === 'string') return met
      await putQuestion(batch, met, call)
    }
  } finally {
    stopTelling()
  }
}

async function nextOf(
  batch: ServedBatch,
  waitMs: number,
  { signal, ask }: ServedCall,
): Promise<'finished' | 'running' | 'gone' | OpenQuestion> {
  if (batch.summary !== undefined) return 'finished'
  if (signal?.aborted === true) return 'gone'
  const cleanUps: (() => void)[] = []
  const waited = new Promise<'running' | 'gone' | OpenQuestion>((resolve) => {
    const timer = setTimeout(() => resolve('running'), waitMs)
    const gone = (): void => resolve('gone')
    signal?.addEventListener('abort', gone, { once: true })
    const asked = ask === undefined ? undefined : batch.questions?.next$.subscribe(resolve)
    cleanUps.push(
      () => clearTimeout(timer),
      () => signal?.removeEventListener('abort', gone),
      () => asked?.unsubscribe(),
    )
  })
  try {
    return await Promise.race([batch.done.then((): 'finished' => 'finished'), waited])
  } finally {
    for (const cleanUp of cleanUps) cleanUp()
  }
}

async function putQuestion({ questions }: ServedBatch, question: OpenQuestion, { ask, signal }: ServedCall): Promise<void> {
  const leave = questions?.put(question)
  if (leave === undefined) return
  const reply = await ask?.({ message: `${question.agent} asks: ${visibleLines(question.question)}`, wants: 'text' }, question.signal)
  // A caller that has gone has said nothing: another one may be asked.
  if (signal?.aborted !== true) question.answer(reply?.type === 'accepted' ? reply.text : undefined)
  leave()
}

/** What an agent says, without what could deceive the eye, line by line. */
function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n')
}

function tellProgress(batch: ServedBatch, tell: (progress: CallProgress) => void): () => void {
  let toldAt = performance.now()
  let toldEnded = 0
  const timer = setInterval(() => {
    const ended = batch.ends.size
    const silentMs = performance.now() - toldAt
    if (ended === toldEnded && silentMs < heartbeatMs) return
    tell({ progress: done(batch), total: batch.operations.length, message: progressText(batch) })
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

const named = 4

/** How far a batch is, and what it is at, in words. */
export function progressText({ operations, ends, running, waiting, ahead }: ServedBatch): string {
  if (waiting !== undefined) return inLineText(waiting)
  const ids = [...running.keys()]
  const shown = ids.slice(0, named).join(', ')
  const atWork = ids.length === 0 ? '' : `; running: ${shown}${ids.length > named ? ` and ${ids.length - named} more` : ''}`
  const ended = operations.filter(({ id }) => ends.has(id)).length
  const { left } = ahead()
  return `${ended} of ${operations.length} operations ended${left === undefined ? '' : `, ${left}`}${atWork}`
}

/** Where a batch stands that waits for others to end. */
export function inLineText(before: number): string {
  return before === 0 ? 'waiting in line: it is next' : `waiting in line: ${before} ${before === 1 ? 'batch' : 'batches'} before it`
}
