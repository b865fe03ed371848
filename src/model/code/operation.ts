// model/code: operations written in code, with their needs and typed results.
import type { Either } from 'fp-ts/lib/Either.js'
import type { AnyOperationType } from '../operationType.js'
import type { Outcome } from '../outcome.js'
import type { Priority, RetryPolicy, When } from '../plan.js'
import type { AttemptContext, Subscribable, Work } from '../work.js'
import { isMadeInCode, type madeInCode } from '../madeInCode.js'

/** Only the type system sees these: what an operation or a reference stands for. */
declare const gives: unique symbol

/**
 * What another operation can need: an operation made in code, or a record with an id in the same list. The builders of `millrace/node` make
 * records that carry the type of their result.
 */
export interface Needed<out R = unknown> {
  readonly [gives]?: R
  readonly id: string
}

/** An operation made in code. It carries the type of its result, and runs only as part of a batch. */
export interface Operation<out R = unknown> extends Needed<R> {
  readonly [madeInCode]: Made
}

/** The settings of an operation made in code: those of a plan, with operations in place of ids. */
export interface OperationSettings {
  readonly dependencies?: readonly (Needed | string)[]
  readonly when?: When
  readonly priority?: Priority
  readonly weight?: number
  readonly pool?: string
  /** Which workers perform it, for a type that can be performed elsewhere: `any`, or the name of some. Default: `here`. */
  readonly place?: string
  readonly timeoutMs?: number
  /** A policy, or the number of attempts. */
  readonly retry?: RetryPolicy | number
  readonly fallback?: unknown
  /** Whether it can be performed twice: resuming a run that was interrupted in it then performs it again. Default: no. */
  readonly repeatable?: boolean
}

/** The settings of most operations. */
export const noSettings: OperationSettings = {}

/** The operations that another one needs, by the names under which it receives their values. */
export type OperationNeeds = Readonly<Record<string, Needed>>

/** How an operation made in code is carried out. */
export type Made = {
  readonly settings: OperationSettings
} & (
  | { readonly type: 'function'; readonly needs: OperationNeeds; readonly perform: FunctionBody }
  | ({
      readonly type: 'each'
      readonly items: Needed
      readonly needs: OperationNeeds
      readonly perform: ItemPerformer
      readonly limits: { readonly [K in 'timeoutMs' | 'retry' | 'fallback']: OperationSettings[K] | undefined }
    } & ItemSettings)
  | { readonly type: 'typed'; readonly operationType: AnyOperationType; readonly params: unknown }
)

/** The work of an operation, its types forgotten: the engine gives it what it was declared with. */
export type FunctionBody = (given: Readonly<Record<string, unknown>>, context: AttemptContext) => Work<unknown>
export type ItemPerformer = (item: unknown, given: Readonly<Record<string, unknown>>, context: ItemContext) => Work<unknown>

/** The context of an attempt at one item of a list. */
export interface ItemContext extends AttemptContext {
  /** The place of the item in the list, from 0. */
  readonly index: number
}

/** What a fan-out takes besides the settings of every operation. */
export interface ItemSettings {
  /** Gives the outcome of each item instead of failing when one of them does. */
  readonly settle?: boolean | undefined
  /** Shown to people besides the position of an item, as part of its id. */
  readonly label?: ((item: never) => string) | undefined
}

/** The type of the result of a piece of work: its last value. */
export type ResultOf<W> = W extends () => PromiseLike<infer A>
  ? [A] extends [Either<unknown, infer B>] // In a tuple: else its `Left` would be judged apart
    ? B
    : A
  : W extends PromiseLike<unknown>
    ? Awaited<W>
    : W extends Subscribable<unknown>
      ? Observed<W>
      : W extends AsyncIterable<infer A>
        ? A
        : W

/** RxJS declares `subscribe` in so many ways that nothing can be inferred from it; `forEach` is in the platform's Observable too. */
type Observed<W> = W extends { forEach(next: (value: infer A) => void): unknown } ? A : W extends Subscribable<infer A> ? A : unknown

/** The values of the operations that one needs, by their names. */
export type Given<N extends OperationNeeds> = { readonly [K in keyof N]: N[K] extends Needed<infer R> ? R : never }

/** The outcomes of the operations that one needs, by their names, for an operation that starts whatever they are. */
export type GivenOutcomes<N extends OperationNeeds> = { readonly [K in keyof N]: N[K] extends Needed<infer R> ? Outcome<R> : never }

/** Whether a value is an operation made in code. */
export function isOperation(value: unknown): value is Operation {
  return isMadeInCode(value)
}
