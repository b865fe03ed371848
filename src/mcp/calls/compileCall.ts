// mcp/calls: what a call says, read and checked in every respect before anything happens.
import * as E from 'fp-ts/lib/Either.js'
import { withoutPerformer } from '../../graph/withoutPerformer.js'
import { compilePlan } from '../../graph/compilePlan.js'
import { isPlainObject, own, type PlainObject } from '../../model/codec/plainObject.js'
import type { PlanFault } from '../../model/fault/fault.js'
import type { CompiledPlan } from '../../model/graph.js'
import type { OperationRegistry } from '../../model/operationType.js'
import type { Refused, RefusedCall } from '../refused.js'
import { toolsNamed } from '../../operations/tool/toolsNamed.js'
import type { Host } from '../host.js'
import { foreseenRefusals } from '../foreseen/foreseen.js'
import { earlierBatch, type EarlierBatch } from '../resume/earlierBatch.js'
import { withoutPlan } from '../resume/takenUp.js'
import { refusedCall } from '../refusals/refusedCall.js'
import { openQuestions, type OpenQuestions } from '../batches/openQuestions.js'
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
  /** The batch it goes on with. */
  readonly earlier: EarlierBatch | undefined
  readonly questions: OpenQuestions | undefined
  /** How the call was read where it was not as it has to be. */
  readonly notes: readonly string[]
}

/** Checks a call in every respect: its form, its size, its plan, and what this server lets plans do. Nothing has happened yet. */
export async function compileCall(
  input: unknown,
  host: Host,
  { readOnly, example, canAsk = false }: { readonly readOnly: boolean; readonly example: string; readonly canAsk?: boolean },
): Promise<E.Either<RefusedCall, CompiledCall>> {
  const tooMuch = beyondCaps(input, host.limits)
  if (tooMuch.length > 0) return E.left({ faults: tooMuch, more: 0, help: [] })
  const questions = canAsk ? openQuestions() : undefined
  const given = await tryCall(input, host, readOnly, questions)
  // Only what is refused for its form is read in another way.
  const meant = given.faults.length === 0 ? unchanged(input) : meantCall(BatchCall, input, (plan) => host.operationsFor(toolsNamed(plan)))
  const { input: read, notes } = await meant
  const call = notes.length === 0 ? given : await tryCall(read, host, readOnly, questions)
  const { registry, plan, options, earlier, compiled, faults, refused } = call
  if (faults.length === 0 && refused.length === 0 && compiled !== undefined)
    return E.right({ plan, compiled, options, earlier, questions, notes })
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
  readonly earlier: EarlierBatch | undefined
  readonly compiled: CompiledPlan | undefined
  readonly faults: readonly PlanFault[]
  readonly refused: readonly Refused[]
}

async function tryCall(input: unknown, host: Host, readOnly: boolean, questions: OpenQuestions | undefined): Promise<TriedCall> {
  const { plan: sent, options: asked, faults } = splitCall(input)
  const refuse = (refused: readonly Refused[]): TriedCall => ({
    registry: host.operations,
    plan: sent,
    options: asked,
    earlier: undefined,
    compiled: undefined,
    faults,
    refused,
  })
  // Which batch it goes on with, and so what its plan is, is not known then.
  if (faults.length > 0 && goesOn(input)) return refuse([])
  const named = earlierBatch(asked, host.held)
  if (named._tag === 'Left') return refuse([named.left])
  const earlier = named.right
  const plan = planOf(sent, earlier)
  if (plan === undefined) return refuse(await withoutPlan(host.roots[0], earlier?.batchId ?? ''))
  // What it wants back is asked for by the names of its plan: another plan has others.
  const returns = asked.returns ?? (own(sent, 'operations') === undefined ? earlier?.returns : undefined)
  const options = returns === undefined ? asked : { ...asked, returns }
  const registry = await host.operationsFor(toolsNamed(plan), questions?.ask)
  const compiled = compilePlan(plan, registry)
  const unplaced = compiled._tag === 'Right' ? withoutPerformer(compiled.right.graph.operations) : undefined
  const returned = compiled._tag === 'Right' ? returnFaults(returns, compiled.right, plan) : []
  return {
    registry,
    plan,
    options,
    earlier,
    compiled: compiled._tag === 'Right' ? compiled.right : undefined,
    faults: [...faults, ...(compiled._tag === 'Left' ? compiled.left : returned), ...(unplaced === undefined ? [] : [unplaced])],
    refused: [
      // Nothing walks a plan that was too deep for the compiler.
      ...(tooLarge(compiled) ? [] : secretsBeyond(plan, host.allowEnv)),
      ...(readOnly && compiled._tag === 'Right' ? readsOnly(compiled.right) : []),
      ...(compiled._tag === 'Right' ? foreseenRefusals(compiled.right, host.foresee) : []),
    ],
  }
}

function goesOn(input: unknown): boolean {
  return isPlainObject(input) && (own(input, 'resume') ?? own(input, 'retry')) !== undefined
}

/** The plan that was sent, or that of the batch it goes on with, in which settings that were sent take the place of its own. */
function planOf(sent: PlainObject, earlier: EarlierBatch | undefined): PlainObject | undefined {
  if (earlier === undefined || own(sent, 'operations') !== undefined) return sent
  return earlier.plan && { ...earlier.plan, ...sent }
}

function tooLarge(compiled: ReturnType<typeof compilePlan>): boolean {
  return compiled._tag === 'Left' && compiled.left.some(({ type }) => type === 'too-large')
}
