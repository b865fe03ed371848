import { decodingFaults } from '../../graph/params/decodingFaults.js'
import { typeFinder } from '../../graph/read/typeFinder.js'
import { describeFault, formatPath } from '../../model/fault/describeFault.js'
import type { Effects } from '../../model/effects.js'
import type { PlanFault, PlanPath } from '../../model/fault/fault.js'
import { FaultList } from '../../model/fault/faultList.js'
import { OperationFailure } from '../../model/operationError.js'
import { operationName, type OperationRegistry, type OperationType } from '../../model/operationType.js'
import { quoteText } from '../../model/fault/quote.js'
import type { Acceptance } from './conversation/acceptance.js'
import type { PreparedOperation, PreparedTask } from './preparedTask.js'
import type { Accept, OperationTask, Task } from './taskCodec.js'

/** The name under which metrics count tasks in words. */
export const textTaskName = 'agent.task'

/** Looks at a task that stands at `at` of some params. Throws every fault of it, as one error. */
export function prepareTask(task: Task, registry: OperationRegistry, at: PlanPath): PreparedTask {
  return typeof task === 'string' ? { type: 'text', name: textTaskName, text: task } : prepareOperation(task, registry, at)
}

function prepareOperation(task: OperationTask, registry: OperationRegistry, at: PlanPath): PreparedOperation {
  const faults = new FaultList()
  const operationType = typeFinder(registry)(task, at, faults)
  const params = operationType && decoded(task, operationType, at, faults)
  if (operationType === undefined || params === undefined) throw misfit(at, faults.all())
  const name = operationName(operationType)
  // Such a one waits for others without a slot; an agent holds one while it works.
  if (operationType.coordinates === true) throw coordinating(name, at)
  return { type: 'operation', name, operationType, params: params.value }
}

/** Decodes the checks of a task before it begins. Throws the faults of the first check that has some. */
export function prepareAccept(accept: Accept, registry: OperationRegistry, at: PlanPath): Acceptance {
  const checks = accept.operations.map((operation, index) => prepareOperation(operation, registry, [...at, 'operations', index]))
  return { checks, tries: accept.tries ?? 3 }
}

/** What an operation that is a task touches; nothing of one that is no good, which fails when it is attempted. */
export function effectsOfTask(task: Task, registry: OperationRegistry): Effects {
  if (typeof task === 'string') return {}
  const operationType = typeFinder(registry)(task, [], new FaultList())
  const params = operationType && decoded(task, operationType, [], new FaultList())
  return operationType === undefined || params === undefined ? {} : operationType.effects(params.value as object)
}

function decoded(
  { params = {} }: OperationTask,
  operationType: OperationType,
  at: PlanPath,
  faults: FaultList,
): { readonly value: unknown } | undefined {
  const result = operationType.params.decode(params)
  if (result._tag === 'Right') return { value: result.right }
  faults.pushAll(decodingFaults(result.left, params, [...at, 'params'], operationName(operationType)))
  return undefined
}

function misfit(at: PlanPath, faults: readonly PlanFault[]): OperationFailure {
  const message = faults.map(describeFault).join('\n')
  return new OperationFailure({ type: 'invalid-params', message, retryable: false, at: faults[0]?.at ?? at })
}

function coordinating(name: string, at: PlanPath): OperationFailure {
  const where = formatPath(at)
  const message =
    `${where}: ${quoteText(name)} gives work to others, which an agent cannot do. ` + 'Make it an operation of the batch itself.'
  return new OperationFailure({ type: 'not-allowed', message, retryable: false, what: name })
}
