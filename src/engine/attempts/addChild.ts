import type { CompiledOperation } from '../../model/graph.js'
import type { Outcome } from '../../model/outcome.js'
import type { ChildOperation } from '../../model/work.js'
import type { Known } from '../../model/known.js'
import type { EndsAtGate } from '../gates/openGates.js'
import type { MakeReady } from '../gates/makeReady.js'
import type { OperationTable } from '../operations/operationTable.js'
import type { Turns } from '../time/turns.js'
import type { Attempt } from './attempt.js'
import { compiledChild, type Children } from './children.js'

/** Adds an operation to a running one, and gives its outcome. */
export type AddChild = (attempt: Attempt, child: ChildOperation) => PromiseLike<Outcome>

export interface AddChildParts {
  readonly turns: Turns
  readonly operations: OperationTable
  readonly children: Children
  readonly makeReady: MakeReady
  readonly known: Known | undefined
  readonly end: EndsAtGate
}

export function childAdder({ turns, operations, children, makeReady, known, end }: AddChildParts): AddChild {
  return (attempt, child) => {
    if (attempt.operation.weight !== 0) throw new TypeError(`"${attempt.id}" holds a slot and cannot wait for child operations.`)
    // What a body still wants to begin after it was told to stop is not part of the run any more.
    const { compiled, ends } = child
    if (attempt.over || turns.closed || (attempt.stopped && compiled === undefined))
      return Promise.resolve({ type: 'cancelled', cause: { type: 'parent', id: attempt.id } })
    // What is compiled is made as the operations of a plan are.
    const operation = (compiled as CompiledOperation | undefined) ?? compiledChild(attempt.operation, child)
    const index = operations.add(operation, operations.order(attempt.index))
    const outcome = children.adopt(attempt, index)
    const { events } = attempt.slot
    const before = known?.get(child.id)
    turns.take(() => {
      switch (ends?.type) {
        case undefined:
          return before === undefined ? makeReady(events, index, operation) : end.reuse(events, index, operation, before)
        case 'skipped':
          return end.skip(events, index, operation, ends.reason, ends.because)
        case 'shared':
          return end.share(events, index, operation, ends)
      }
    })
    return outcome
  }
}
