import { closed } from '../../model/codec/closed.js'
import { shapeOf } from '../../model/codec/shape.js'
import { describeFault } from '../../model/fault/describeFault.js'
import { quoteText } from '../../model/fault/quote.js'
import { decodingFaults } from '../../graph/params/decodingFaults.js'
import type { ParamsTree } from '../../graph/params/paramsTree.js'
import { valueAt, type ResultPath } from '../../graph/params/resultPath.js'
import { isResultPath } from '../../graph/params/template.js'
import type { CompiledPlanOperation } from '../../graph/operations/compiledOperation.js'
import type { Graph } from '../../model/graph.js'
import { isFanOut } from './fanOut.js'
import type { ResumeFault } from './resumeFault.js'
import type { ResumeVerdict } from './verdict.js'

/**
 * Results that were given and do not fit: of another form than the operation's type gives, or without what an operation that is left
 * refers to. What nobody refers to may be left out.
 */
export function givenFaults({ operations }: Graph, verdicts: readonly ResumeVerdict[]): readonly ResumeFault[] {
  const faults: ResumeFault[] = []
  const given = new Map<string, unknown>()
  operations.forEach((operation, index) => {
    const verdict = verdicts[index]!
    if (verdict.type !== 'known' || verdict.given !== true || verdict.outcome.type !== 'succeeded') return
    const { value } = verdict.outcome
    const reason = misfit(operation as CompiledPlanOperation, value) // All operations of a plan are.
    if (reason !== undefined) faults.push({ type: 'wrong-result', id: operation.id, reason })
    else given.set(operation.id, value)
  })
  if (given.size === 0) return faults
  operations.forEach((operation, index) => {
    const { given: params, made } = operation as CompiledPlanOperation
    // What functions are given is for them to judge.
    if (verdicts[index]!.type !== 'again' || made !== undefined || params.type !== 'unresolved') return
    for (const { id, keys, text } of neededPaths(params.tree))
      if (given.has(id) && valueAt(given.get(id), keys) === undefined)
        faults.push({ type: 'wrong-result', id, reason: `${quoteText(operation.id)} needs ${quoteText(text)}, and it has no such value` })
  })
  return faults
}

/** Why a result does not fit, in words; undefined when it does, or when none was given. */
function misfit(operation: CompiledPlanOperation, value: unknown): string | undefined {
  const { result } = operation.operationType
  // A caller that has only JSON gives null for none.
  if (value === undefined || value === null || operation.made !== undefined || result.is(value)) return undefined
  if (isFanOut(operation)) return Array.isArray(value) ? undefined : 'it must be a list, with a value for each item'
  const shape = shapeOf(result)
  const some = shape?._tag === 'ClosedType' ? closed(result.name, {}, { ...shape.required, ...shape.optional }) : result
  const decoded = some.decode(value)
  if (decoded._tag === 'Right') return undefined
  const texts = decodingFaults(decoded.left, value, []).map((fault) => describeFault(fault).replaceAll(/\s+/g, ' '))
  return texts.join(' ').replace(/\.$/, '')
}

/** What of earlier results params cannot be made without: every reference that gives no default. */
function neededPaths(tree: ParamsTree): readonly ResultPath[] {
  switch (tree.type) {
    case 'refer':
      return tree.otherwise === undefined ? [tree.pointer] : []
    case 'template':
      return tree.parts.filter((part) => isResultPath(part))
    case 'fields':
      return [...tree.fields.values()].flatMap(neededPaths)
    case 'items':
      return tree.items.flatMap(neededPaths)
    case 'fixed':
    case 'literal':
    case 'item':
    case 'secret':
    case 'unusable':
      return []
  }
}
