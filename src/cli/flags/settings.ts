import { isPlainObject } from '../../model/codec/plainObject.js'
import type { AnyOperationType, OperationRegistry } from '../../model/operationType.js'
import type { ChoiceFlags } from '../planFile/readChosenPlan.js'
import { Place, type OnFailure } from '../../model/plan.js'
import type { OnInput } from '../../operations/agent/conversation/converse.js'
import { agentsOf } from '../../operations/config/agentsOf.js'
import type { Config } from '../../operations/config/config.js'
import { standardWith } from '../../operations/standard.js'

/** The flags of every command that reads a plan. */
export interface PlanReaderFlags extends ChoiceFlags {
  readonly root?: readonly string[]
  readonly allowProgram?: readonly string[]
  readonly allowPrivateAddresses?: boolean
  readonly config?: Config
  readonly color: boolean
}

/** The flags that stand in for what the plan says. */
export interface PlanOverrides {
  readonly concurrency?: number
  readonly onFailure?: OnFailure
  readonly timeout?: number
  /** Everything is performed in the run itself. */
  readonly here?: true
}

/** The operation types a plan on the command line may use; `tools` are those of downstream servers that it names. */
export function operationsFor(
  { root, allowProgram, allowPrivateAddresses, config = {} }: PlanReaderFlags,
  tools: readonly AnyOperationType[] = [],
  onInput?: OnInput,
): OperationRegistry {
  const roots = root ?? [process.cwd()]
  const options = {
    root: roots,
    agents: agentsOf(config, { roots, ...(onInput !== undefined && { onInput }) }),
    ...(allowProgram && { allowPrograms: allowProgram }),
    ...(allowPrivateAddresses && { allowPrivateAddresses }),
  }
  return standardWith(options, tools)
}

/** The plan with what the flags say in place of its own; what is no plan at all is left for the decoder to refuse. */
export function overridden(written: unknown, { concurrency, onFailure, timeout, here }: PlanOverrides): unknown {
  const plan = here ? withoutPlaces(written) : written
  const flags = {
    ...(concurrency !== undefined && { concurrency }),
    ...(onFailure !== undefined && { onFailure }),
    ...(timeout !== undefined && { timeoutMs: timeout }),
  }
  if (Array.isArray(plan)) return { operations: plan as unknown, ...flags }
  return isPlainObject(plan) ? { ...plan, ...flags } : plan
}

function withoutPlaces(plan: unknown): unknown {
  if (Array.isArray(plan)) return plan.map(withoutPlace)
  if (!isPlainObject(plan)) return plan
  const operations = plan['operations']
  return {
    ...plan,
    ...('defaults' in plan && { defaults: withoutPlace(plan['defaults']) }),
    ...(Array.isArray(operations) && { operations: operations.map(withoutPlace) }),
  }
}

/** One that is wrong stays, so that it is told. */
function withoutPlace(part: unknown): unknown {
  if (!isPlainObject(part) || !Place.is(part['place'])) return part
  const { place: _place, ...rest } = part
  return rest
}
