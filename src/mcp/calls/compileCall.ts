// mcp/calls: what a call says, read and checked in every respect before anything happens.
import * as E from 'fp-ts/lib/Either.js'
import { compilePlan } from '../../graph/compilePlan.js'
import type { PlanFault } from '../../model/fault/fault.js'
import type { CompiledPlan } from '../../model/graph.js'
import type { OperationRegistry } from '../../model/operationType.js'
import type { Refused, RefusedCall } from '../refused.js'
import { toolsNamed, type Host } from '../host.js'
import { foreseenRefusals } from '../foreseen/foreseen.js'
import { refusedCall } from '../refusals/refusedCall.js'
import { beyondCaps } from './caps.js'
import { BatchCall, knowingOptions, splitCall, type CallOptions } from './callOptions.js'
import { meantCall, type MeantCall } from './lenient.js'
import { readsOnly } from './readsOnly.js'
import { returnFaults } from './returned.js'
import { secretsBeyond } from './secretsBeyond.js'

/** A call whose plan is without a fault. */
export interface CompiledCall {
  readonly plan: { readonly [key: string]: unknown }
  readonly compiled: CompiledPlan
  readonly options: CallOptions
  /** How the call was read where it was not as it has to be. */
  readonly notes: readonly string[]
}

/** Checks a call in every respect: its form, its size, its plan, and what this server lets plans do. Nothing has happened yet. */
export async function compileCall(
  input: unknown,
  host: Host,
  { readOnly, example }: { readonly readOnly: boolean; readonly example: string },
): Promise<E.Either<RefusedCall, CompiledCall>> {
  const tooMuch = beyondCaps(input, host.limits)
  if (tooMuch.length > 0) return E.left({ faults: tooMuch, more: 0, help: [] })
  const given = await tryCall(input, host, readOnly)
  // Only what is refused for its form is read in another way.
  const meant = given.faults.length === 0 ? unchanged(input) : meantCall(BatchCall, input, (plan) => host.operationsFor(toolsNamed(plan)))
  const { input: read, notes } = await meant
  const call = notes.length === 0 ? given : await tryCall(read, host, readOnly)
  const { registry, plan, options, compiled, faults, refused } = call
  if (faults.length === 0 && refused.length === 0 && compiled !== undefined) return E.right({ plan, compiled, options, notes })
  const told = refusedCall(faults.map(knowingOptions), { plan: read, registry, hint: host.hint, example })
  return E.left({ ...told, faults: [...told.faults, ...refused] })
}

async function unchanged(input: unknown): Promise<MeantCall> {
  return { input, notes: [] }
}

interface TriedCall {
  readonly registry: OperationRegistry
  readonly plan: { readonly [key: string]: unknown }
  readonly options: CallOptions
  readonly compiled: CompiledPlan | undefined
  readonly faults: readonly PlanFault[]
  readonly refused: readonly Refused[]
}

async function tryCall(input: unknown, host: Host, readOnly: boolean): Promise<TriedCall> {
  const { plan, options, faults } = splitCall(input)
  const registry = await host.operationsFor(toolsNamed(plan))
  const compiled = compilePlan(plan, registry)
  const returns = compiled._tag === 'Right' ? returnFaults(options.returns, compiled.right, plan) : []
  return {
    registry,
    plan,
    options,
    compiled: compiled._tag === 'Right' ? compiled.right : undefined,
    faults: [...faults, ...(compiled._tag === 'Left' ? compiled.left : returns)],
    refused: [
      // Nothing walks a plan that was too deep for the compiler.
      ...(tooLarge(compiled) ? [] : secretsBeyond(plan, host.allowEnv)),
      ...(readOnly && compiled._tag === 'Right' ? readsOnly(compiled.right) : []),
      ...(compiled._tag === 'Right' ? foreseenRefusals(compiled.right, host.foresee) : []),
    ],
  }
}

function tooLarge(compiled: ReturnType<typeof compilePlan>): boolean {
  return compiled._tag === 'Left' && compiled.left.some(({ type }) => type === 'too-large')
}
