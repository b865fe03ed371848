import * as E from 'fp-ts/lib/Either.js'
import { isNonEmpty } from '../model/isNonEmpty.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import type { PlanFault } from '../model/fault/fault.js'
import type { CompiledPlan } from '../model/graph.js'
import type { OperationRegistry } from '../model/operationType.js'
import { environmentVariable, type CompileOptions } from './compilePlan.js'
import { readEnvelope, type Envelope } from './read/envelope.js'
import { inputsOf } from './params/inputs.js'
import { readLimits } from './read/readLimits.js'
import { streamReader, type Earlier, type StreamReader } from './streamReader.js'

/** What holds for all operations of a stream, and how to read each. */
export interface CompiledStream extends Pick<CompiledPlan, 'name' | 'concurrency' | 'timeoutMs' | 'onFailure' | 'pools' | 'retryBudget'> {
  readonly reader: (earlier: Earlier) => StreamReader
}

/**
 * Checks the settings of a stream of operations: those of a plan, without operations.
 *
 * `rollback` is a fault there: what has ended is forgotten, so it could not be taken back.
 */
export function compileStream(
  settings: unknown,
  registry: OperationRegistry,
  { secrets = environmentVariable }: CompileOptions = {},
): E.Either<NonEmptyArray<PlanFault>, CompiledStream> {
  return pipe(
    readEnvelope({ ...(settings as object | undefined), operations: [] }),
    E.chain((envelope) => compile(envelope, registry, secrets)),
  )
}

function compile(
  { plan, faults }: Envelope,
  registry: OperationRegistry,
  secrets: NonNullable<CompileOptions['secrets']>,
): E.Either<NonEmptyArray<PlanFault>, CompiledStream> {
  const { name, timeoutMs, onFailure = 'continue', defaults, retryBudget, inferDependencies = true } = plan
  if (onFailure === 'rollback')
    faults.push({ type: 'invalid-value', at: ['onFailure'], expected: 'one of continue, no-new, cancel for a stream', received: onFailure })
  const inputs = inputsOf(plan.inputs, faults)
  const all = faults.all()
  if (isNonEmpty(all)) return E.left(all)
  const limits = readLimits(plan)
  const reader = (earlier: Earlier): StreamReader =>
    streamReader(earlier, { limits, inputs, registry, secrets, defaults, inferDependencies })
  return E.right({ name, timeoutMs, onFailure, retryBudget, ...limits, reader })
}
