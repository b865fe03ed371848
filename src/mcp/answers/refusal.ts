import type { PlanFault } from '../../model/fault/fault.js'
import { describeFault, formatPath } from '../../model/fault/describeFault.js'
import type { OperationRegistry } from '../../model/operationType.js'
import { signatureOf } from '../describe/signature.js'
import type { Refused } from './refused.js'
import type { ToolAnswer } from './toolAnswer.js'
import { answerTokens } from './budget.js'
import { estimateTokens } from './estimateTokens.js'

/** Says everything that is wrong with a call, as far as an answer may be long, and what a right one looks like. */
export function refusal(faults: readonly Refused[], example: string): ToolAnswer {
  const told: Refused[] = []
  let tokens = estimateTokens(example) + 60
  for (const fault of faults) {
    // In the structured form a fault is its message and its place: the larger of the two.
    tokens += estimateTokens(JSON.stringify(fault)) + 4
    if (tokens > answerTokens) break
    told.push(fault)
  }
  const omitted = faults.length - told.length
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`
  const more = omitted > 0 ? [`and ${omitted} more faults`] : []
  const text = [`${count}; nothing was done.`, ...told.map(({ message }) => message), ...more, `A right call: ${example}`].join('\n')
  return {
    content: [{ type: 'text', text }],
    structuredContent: { status: 'refused', faults: told, ...(omitted > 0 && { omitted }), example },
    isError: true,
  }
}

/** The faults of a plan, each with the signature of the operation type it is about, and what else the server has to say of it. */
export function refusedFaults(
  faults: readonly PlanFault[],
  registry: OperationRegistry,
  hint: (fault: PlanFault) => string = () => '',
): readonly Refused[] {
  return faults.map((fault) => {
    const type = fault.of === undefined ? undefined : registry.get(fault.of)
    const signature = type === undefined ? '' : `\n${fault.of}${signatureOf(type.params)}`
    return { at: formatPath(fault.at), type: fault.type, message: `${describeFault(fault)}${signature}${hint(fault)}` }
  })
}
