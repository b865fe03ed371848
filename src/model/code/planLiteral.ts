import type { Operation } from './operation.js'
import type { Plan, PlanOperation } from '../plan.js'

/** An operation as it is written in code: like one of a decoded plan, but its ids are plain text that is checked with the plan. */
export interface OperationLiteral extends Omit<PlanOperation, 'id' | 'dependencies'> {
  readonly id?: string
  readonly dependencies?: readonly string[]
}

/** A plan as it is written in code: its operations may be some that were made in code, too. */
export interface PlanLiteral extends Omit<Plan, 'operations' | 'returns'> {
  readonly operations: readonly (OperationLiteral | Operation)[]
  readonly returns?: readonly string[]
}

/**
 * A message that nobody has looked into: the compiler knows nothing of it, or just that it is an object, or a list or source of some.
 * What it does know, such as a plan written in code, is not taken for one: so a mistyped field there does not compile.
 */
export type Undecoded<M> = M extends Iterable<infer Member> ? (Vague<Member> extends true ? M : never) : Vague<M> extends true ? M : never

type Vague<M> = unknown extends M ? true : object extends M ? true : string extends keyof M ? true : false
