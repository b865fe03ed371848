// mcp/confirm: what the owner of a server wants its user asked about before a batch begins.
import { basename } from 'node:path'
import type { CompiledPlanOperation, GivenParams } from '../../graph/operations/compiledOperation.js'
import { foreseenParams } from '../../graph/params/foreseenParams.js'
import { isPlainObject, own, type PlainObject } from '../../model/codec/plainObject.js'
import type { CompiledPlan } from '../../model/graph.js'
import { operationName, type OperationType } from '../../model/operationType.js'
import { visible } from '../../terminal/text/visible.js'
import type { ConfirmRule } from './confirmRule.js'
import { deedsOf } from './deeds.js'

/** An operation that the user has to agree to. */
export interface OperationToConfirm {
  readonly id: string
  /** `file.delete`. */
  readonly name: string
  /** What it would do it to, in a line: a command, a path, a task. Empty where the name says all. */
  readonly what: string
  /** The plan itself asks for it: whoever wrote it can take that back. */
  readonly byPlan?: true
}

/**
 * The operations that the plan itself marks, and those that a rule holds for: by themselves, by what would undo them, or by what they
 * have an agent do.
 */
export function operationsToConfirm({ graph }: Pick<CompiledPlan, 'graph'>, rules: readonly ConfirmRule[]): readonly OperationToConfirm[] {
  return graph.operations.flatMap((operation) => {
    const { id, operationType, given, planUndo, extras } = operation as CompiledPlanOperation // What compilePlan makes are operations of a plan.
    if (rules.length === 0 && !extras.confirm) return []
    const itself = toConfirm(operationType, given, rules)
    const marked = itself === undefined && extras.confirm ? ({ ...described(operationType, given), byPlan: true } as const) : undefined
    const undo = planUndo && toConfirm(planUndo.operationType, planUndo.given, rules)
    return [
      ...(itself === undefined ? [] : [{ id, ...itself }]),
      ...(marked === undefined ? [] : [{ id, ...marked }]),
      ...(undo === undefined ? [] : [{ id, name: `${undo.name} to undo it`, what: undo.what }]),
    ]
  })
}

function toConfirm(type: OperationType, given: GivenParams, rules: readonly ConfirmRule[]): Omit<OperationToConfirm, 'id'> | undefined {
  const found = deedsOf(operationName(type), knownParams(type, given)).some((deed) => rules.some((rule) => rule.holdsFor(deed)))
  return found ? described(type, given) : undefined
}

function described(type: OperationType, given: GivenParams): Omit<OperationToConfirm, 'id'> {
  return { name: operationName(type), what: whatOf(knownParams(type, given)) }
}

function knownParams(type: OperationType, given: GivenParams): PlainObject {
  const params: unknown = given.type === 'decoded' ? given.params : foreseenParams(type.params, given.tree)
  return isPlainObject(params) ? params : {}
}

const mostCharacters = 200

/** The params that say most of what an operation would do; one that only the run will know is an ellipsis. */
function whatOf(params: PlainObject): string {
  const command = own(params, 'command')
  const said = ['agent', 'path', 'destination', 'url', 'task', 'tasks'].flatMap((field) => {
    const value = own(params, field)
    return value === undefined ? [] : [shown(value).slice(0, mostCharacters)]
  })
  const words = Array.isArray(command)
    ? command.map((word: unknown, place) => (place === 0 ? basename(shown(word)) : shown(word)))
    : command === undefined
      ? []
      : ['…']
  const line = visible([...words, ...said].join(' '))
  return line.length <= mostCharacters ? line : `${line.slice(0, mostCharacters)}…`
}

function shown(value: unknown): string {
  if (typeof value === 'string') return /^[^\s"']+$/.test(value) ? value : JSON.stringify(value)
  return typeof value === 'symbol' ? '…' : (JSON.stringify(value) ?? '…')
}
