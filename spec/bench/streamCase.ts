import { operationRegistry, runBatch, type BatchEvent, type OperationType } from '../../src/index.js'
import { closed, integer } from '../../src/codec.js'
import type { Sample } from './sample.js'
import { timed } from './timed.js'

/** A stream of records, run under a heap of 64 MB: unnamed, or each named and waiting for the one before. */
export interface StreamSettings {
  readonly operations: number
  readonly named: boolean
}

interface StreamRecord {
  readonly id?: string
  readonly type: string
  readonly operation: string
  readonly params: { readonly value: number }
  readonly dependencies?: readonly string[]
}

function* recordsOf({ operations, named }: StreamSettings): Generator<StreamRecord> {
  for (let value = 0; value < operations; value++) {
    const record = { type: 'bench', operation: 'same', params: { value } }
    if (!named) yield record
    else yield { id: `o${value}`, ...record, dependencies: value === 0 ? [] : [`o${value - 1}`] }
  }
}

const same: OperationType<{ readonly value: number }, number> = {
  type: 'bench',
  operation: 'same',
  summary: 'Gives back its value.',
  params: closed('params', { value: integer() }, {}),
  result: integer(),
  effects: () => ({}),
  perform: ({ value }) => value,
}

export async function measureStream(contender: string, settings: StreamSettings): Promise<Sample> {
  const heard = { succeeded: 0, sum: 0 }
  const hear = (event: BatchEvent): void => {
    if (event.type !== 'operation-succeeded') return
    heard.succeeded++
    heard.sum += event.value as number // As `same` gives it back.
  }
  const spent = await timed(() => (contender === 'by hand' ? byHand(settings, hear) : byMillrace(settings, hear)))
  const { operations } = settings
  const wrong = heard.succeeded !== operations || heard.sum !== (operations * (operations - 1)) / 2
  return { operations, ...spent, problems: wrong ? [`${heard.succeeded} of ${operations} succeeded, with a sum of ${heard.sum}`] : [] }
}

function byMillrace(settings: StreamSettings, hear: (event: BatchEvent) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const events = runBatch(recordsOf(settings), { operations: operationRegistry([same]) })
    events.subscribe({ next: hear, error: reject, complete: resolve })
  })
}

/**
 * One record at a time: four events each, and the last 1,000 names with whether they have ended. It checks no record and holds no
 * slot for anything.
 */
function byHand(settings: StreamSettings, hear: (event: BatchEvent) => void): void {
  const { timeOrigin } = performance
  const now = (): number => timeOrigin + performance.now()
  const runId = 'bench'
  const [name, reach] = ['bench.same', 1_000]
  let [seq, position] = [0, 0]
  let [recent, before] = [new Map<string, boolean>(), new Map<string, boolean>()]
  for (const { id = `op${position + 1}`, params, dependencies } of recordsOf(settings)) {
    const readyAt = now()
    hear({ type: 'operation-added', runId, seq: seq++, at: readyAt, id })
    for (const needed of dependencies ?? [])
      if ((recent.get(needed) ?? before.get(needed)) !== true) throw new Error(`${needed} has not ended`)
    hear({ type: 'operation-ready', runId, seq: seq++, at: readyAt, id, name })
    const startedAt = now()
    hear({ type: 'attempt-started', runId, seq: seq++, at: startedAt, id, attempt: 1 })
    const { value } = params
    const at = now()
    const [durationMs, waitedMs] = [at - startedAt, startedAt - readyAt]
    hear({ type: 'operation-succeeded', runId, seq: seq++, at, id, value, durationMs, waitedMs, attempts: 1 })
    position++
    if (dependencies === undefined) continue
    recent.set(id, true)
    if (position % reach === 0) [before, recent] = [recent, new Map()]
  }
}
