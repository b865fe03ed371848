import type { AttemptStarted, OperationReady } from '../../src/model/event.js'
import { type Blame, type Facts, isOrphan, mayStillStart, type OperationFacts, operationFacts, verdictOf } from './checkerFacts.js'
import type { Understood } from './checkerPlan.js'
import type { OperationData } from './checkerTranscript.js'
import { judgeStart } from './checkerSlots.js'

/** The facts of the operation an event is about; a part of another operation becomes known by its first event. */
export function operationOf(
  facts: Facts,
  { id, parent }: { readonly id: string; readonly parent?: string },
  blame: Blame,
): OperationFacts | undefined {
  const known = facts.operations.get(id)
  if (known !== undefined) {
    if (known.parent !== parent) blame(`"${id}" is told with parent ${parent}, not ${known.parent}`)
    return known
  }
  const holder = parent === undefined ? undefined : facts.operations.get(parent)
  if (parent === undefined || holder === undefined) {
    blame(`no operation is called "${id}"`)
    return undefined
  }
  if (holder.phase !== 'running') blame(`"${id}" came while its parent "${parent}" was not running`)
  const added = operationFacts(partOf(holder.understood, id), parent)
  facts.operations.set(id, added)
  return added
}

/** What `test.spread` says of its parts, which are named by their place: `all[0]`. */
function partOf(holder: Understood, id: string): Understood {
  const parts: unknown = holder.data.params?.['parts']
  const place = Number(/\[(\d+)\]$/.exec(id)?.[1])
  // Made by the random plan.
  const part = (Array.isArray(parts) ? parts[place] : undefined) as Pick<OperationData, 'timeoutMs' | 'retry' | 'pool'> | undefined
  const data: OperationData = { ...part, id, type: 'test', operation: 'part' }
  return { ...holder, id, data, weight: 1, pool: part?.pool ?? holder.pool, counted: new Map(), after: new Set() }
}

export function judgeReady(facts: Facts, event: OperationReady, blame: Blame): void {
  const operation = operationOf(facts, event, blame)
  if (operation === undefined) return
  if (operation.phase !== 'waiting') blame(`"${event.id}" became ready while it was ${operation.phase}`)
  judgeGate(facts, operation, 'became ready', blame)
  operation.phase = 'ready'
  operation.readyAt = event.at
}

function judgeGate(facts: Facts, operation: OperationFacts, what: string, blame: Blame): void {
  const { id } = operation.understood
  const verdict = verdictOf(facts, operation.understood)
  if (verdict !== 'open') blame(`"${id}" ${what} though its gate ${verdict === undefined ? 'is not decided' : `came to "${verdict}"`}`)
  if (!mayStillStart(facts, operation)) blame(`"${id}" ${what} after the run was stopped by ${facts.stop?.type}`)
}

export function judgeAttemptStarted(facts: Facts, event: AttemptStarted, blame: Blame): void {
  const operation = operationOf(facts, event, blame)
  if (operation === undefined) return
  const { id, attempt, at } = event
  if (operation.phase !== 'ready' && operation.phase !== 'retrying') blame(`"${id}" started while it was ${operation.phase}`)
  if (operation.phase === 'retrying' && at < operation.retryDueAt)
    blame(`"${id}" was tried again at ${at}, before its delay ended at ${operation.retryDueAt}`)
  if (attempt !== operation.attempts + 1) blame(`attempt ${attempt} of "${id}" came after ${operation.attempts}`)
  judgeGate(facts, operation, 'started', blame)
  if (isOrphan(facts, operation)) blame(`"${id}" started after its parent had been told to stop`)
  judgeStart(facts, operation, at, blame)
  operation.waitedMs += at - (operation.readyAt ?? at)
  operation.phase = 'running'
  operation.attempts = attempt
  operation.startedAt = at
  operation.body = undefined
  facts.attemptStarts.push(at)
}
