import type { Operation } from './operation.js'
import type { Plan, PlanOperation } from '../plan.js'

/** An operation as written in code: like one of a decoded plan, but with ids as plain text, checked with the plan. */
export interface OperationLiteral extends Omit<PlanOperation, 'id' | 'dependencies'> {
  readonly id?: string
  readonly dependencies?: readonly string[]
}

/** A plan as written in code. Its operations can be records or operations made in code. */
export interface PlanLiteral extends Omit<Plan, 'operations' | 'returns'> {
  readonly operations: readonly (OperationLiteral | Operation)[]
  readonly returns?: readonly string[]
}

/**
 * A message that is not checked yet: the compiler knows at most that it is an object, or a list or source of objects. A plan written in
 * code is not one of these, and a mistyped field in it does not compile.
 */
export type Undecoded<M> = M extends Iterable<infer Member> ? (Vague<Member> extends true ? M : never) : Vague<M> extends true ? M : never

type Vague<M> = unknown extends M ? true : object extends M ? true : string extends keyof M ? true : false
