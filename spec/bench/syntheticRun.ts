import { seededRandom } from '../../src/engine/time/random.js'
import type { BatchEvent } from '../../src/model/event.js'

const names = ['file.write', 'file.read', 'shell.run', 'http.request']
const readyAtOnce = 1_000
const concurrency = 6

/** The events of a run in which every operation succeeds: as many ready at once as there are, up to 1,000, and six running. */
export function syntheticRun(operations: number, seed = 1): readonly BatchEvent[] {
  const random = seededRandom(seed)
  const runId = 'bench'
  const events: BatchEvent[] = []
  const readyAt = new Float64Array(operations)
  const startedAt = new Float64Array(operations)
  let seq = 0
  let at = 1_000_000
  const edges = { explicit: 0, reference: 0, effect: 0, order: 0 }
  events.push({ type: 'run-started', runId, seq: seq++, at, operations, concurrency, edges })
  let ready = 0
  let started = 0
  for (let ended = 0; ended < operations; ended++) {
    for (; ready < Math.min(operations, ended + readyAtOnce); ready++) {
      readyAt[ready] = at
      events.push({ type: 'operation-ready', runId, seq: seq++, at, id: `op${ready}`, name: names[ready % names.length]! })
    }
    for (; started < Math.min(operations, ended + concurrency); started++) {
      startedAt[started] = at
      events.push({ type: 'attempt-started', runId, seq: seq++, at, id: `op${started}`, attempt: 1 })
    }
    at += random() * 2
    const [durationMs, waitedMs] = [at - startedAt[ended]!, startedAt[ended]! - readyAt[ended]!]
    events.push({
      type: 'operation-succeeded',
      runId,
      seq: seq++,
      at,
      id: `op${ended}`,
      value: ended,
      durationMs,
      waitedMs,
      attempts: 1,
    })
  }
  return events
}
