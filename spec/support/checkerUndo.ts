import type { OperationUndone, UndoFailed } from '../../src/model/event.js'
import { type Blame, type Facts, type OperationFacts, isAlive, isFailure } from './checkerFacts.js'
import type { Entry } from './checkerTranscript.js'

type UndoEntry = Extract<Entry, { readonly type: 'undo-registered' | 'undo-began' | 'undo-ended' }>

const undoTimeoutMs = 30_000

/** Operations that have something to undo and were not told undone, the last to be complete first. */
function outstanding({ operations, completionOrder, rollback }: Facts): readonly string[] {
  const over = new Set([...rollback.undone, ...rollback.failed])
  return completionOrder.filter((id) => stepsOf(operations.get(id)!).length > 0 && !over.has(id)).reverse()
}

/** What the plan gave to undo it stands for the whole of it, so it comes first: last in the order of the effects. */
export const planUndoStep = 0

export function stepsOf({ undoSteps, understood }: OperationFacts): readonly number[] {
  return understood.data.undo === undefined ? undoSteps : [...undoSteps, planUndoStep]
}

function isToRollBack({ plan, operations }: Facts): boolean {
  return plan.onFailure === 'rollback' && [...operations.values()].some(({ end }) => isFailure(end))
}

/** Whether there is something left to undo before the run may finish. */
export function rollbackIsDue(facts: Facts): boolean {
  return isToRollBack(facts) && outstanding(facts).length > 0
}

export function seeUndo(facts: Facts, entry: UndoEntry, blame: Blame): void {
  const { id, step } = entry
  const operation = facts.operations.get(id)
  if (operation === undefined) return blame(`"${id}" is to be undone, which was never told of`)
  const { rollback } = facts
  switch (entry.type) {
    case 'undo-registered':
      if (operation.phase === 'running') operation.undoSteps.push(step)
      return
    case 'undo-began': {
      facts.finishing = true
      judgeMayBegin(facts, blame)
      if (rollback.current === undefined || rollback.current.over) {
        const [due] = outstanding(facts)
        if (due !== id) blame(`"${id}" is undone where "${due}" is due`)
        rollback.current = { id, beganAt: entry.now, next: stepsOf(operation).length - 1, running: false, failed: false, over: false }
      }
      const { current } = rollback
      if (current.id !== id || current.running || current.failed || stepsOf(operation)[current.next] !== step)
        blame(`step ${step} of "${id}" is undone out of turn`)
      current.running = true
      return
    }
    case 'undo-ended': {
      const { current } = rollback
      if (current === undefined || current.over || current.id !== id) return // It was given up before.
      current.running = false
      current.next--
      current.failed = !entry.ok
    }
  }
}

function judgeMayBegin(facts: Facts, blame: Blame): void {
  if (!isToRollBack(facts)) blame('something is undone though nothing asks for it')
  for (const operation of facts.operations.values()) {
    const { id } = operation.understood
    if (operation.phase !== 'ended') blame(`something is undone while "${id}" is ${operation.phase}`)
    if (isAlive(operation) && !facts.detached.includes(id)) blame(`something is undone while the body of "${id}" goes on`)
  }
}

export function judgeUndone({ rollback, operations }: Facts, event: OperationUndone | UndoFailed, blame: Blame): void {
  const { id } = event
  const { current } = rollback
  if (current === undefined || current.id !== id || current.over) return blame(`"${id}" was told undone, but nothing was undone there`)
  current.over = true
  const data = operations.get(id)?.understood.data
  const limitMs = data?.undo?.timeoutMs ?? data?.timeoutMs ?? undoTimeoutMs
  const isOverTime = event.at >= current.beganAt + limitMs
  if (event.type === 'operation-undone') {
    if (current.running || current.failed || current.next >= 0) blame(`"${id}" was told undone before all of it was`)
    rollback.undone.push(id)
  } else {
    if (!current.failed && !isOverTime) blame(`the undo of "${id}" was told as failed, which it was not`)
    rollback.failed.push(id)
  }
}
