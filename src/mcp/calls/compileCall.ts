import * as E from 'fp-ts/lib/Either.js'
import { compilePlan } from '../../graph/compilePlan.js'
import type { CompiledPlan } from '../../model/graph.js'
import type { Refused } from '../answers/refused.js'
import { refusedFaults } from '../answers/refusal.js'
import { toolsNamed, type Host } from '../host.js'
import { beyondCaps } from './caps.js'
import { knowingOptions, splitCall, type CallOptions } from './callOptions.js'
import { readsOnly } from './readsOnly.js'
import { secretsBeyond } from './secretsBeyond.js'

/** A call whose plan is without a fault. */
export interface CompiledCall {
  readonly plan: { readonly [key: string]: unknown }
  readonly compiled: CompiledPlan
  readonly options: CallOptions
}

/** Checks a call in every respect: its form, its size, its plan, and what this server lets plans do. Nothing has happened yet. */
export async function compileCall(
  input: unknown,
  host: Host,
  { readOnly }: { readonly readOnly: boolean },
): Promise<E.Either<readonly Refused[], CompiledCall>> {
  const tooMuch = beyondCaps(input, host.limits)
  if (tooMuch.length > 0) return E.left(tooMuch)
  const { plan, options, faults } = splitCall(input)
  const registry = await host.operationsFor(toolsNamed(plan))
  const compiled = compilePlan(plan, registry)
  const refused = [
    ...refusedFaults([...faults, ...(compiled._tag === 'Left' ? compiled.left : [])].map(knowingOptions), registry, host.hint),
    // Nothing walks a plan that was too deep for the compiler.
    ...(tooLarge(compiled) ? [] : secretsBeyond(plan, host.allowEnv)),
    ...(readOnly && compiled._tag === 'Right' ? readsOnly(compiled.right) : []),
  ]
  return refused.length > 0 || compiled._tag === 'Left' ? E.left(refused) : E.right({ plan, compiled: compiled.right, options })
}

function tooLarge(compiled: ReturnType<typeof compilePlan>): boolean {
  return compiled._tag === 'Left' && compiled.left.some(({ type }) => type === 'too-large')
}
