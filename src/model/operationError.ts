import type { PlanFault } from './fault/fault.js'

/** What an attempt had given out before it failed: the first 4 KiB and the last 12 KiB of each stream, secrets masked. */
export interface ProgramOutput {
  readonly stdout: string
  readonly stderr: string
  /** Bytes left out of each, where a line of the text says so. Absent when both are whole. */
  readonly omitted?: { readonly stdout: number; readonly stderr: number }
}

type Err<T extends string, D = unknown> = D &
  // Absent when it had given out nothing.
  Partial<ProgramOutput> & {
    readonly type: T
    /** What went wrong, where, and how to fix it. */
    readonly message: string
    /** Whether another attempt can succeed. */
    readonly retryable: boolean
    /** The error this one was made from. */
    readonly cause?: unknown
    /** The children whose failure made it fail. They are the root causes; the operation itself is not. */
    readonly because?: readonly string[]
  }

/** Why an attempt failed: a closed union on `type`. */
export type OperationError =
  | Err<'timeout', { readonly timeoutMs: number }>
  | Err<'invalid-params', { readonly at: readonly (string | number)[]; readonly reference?: string }>
  | Err<'invalid-operation', { readonly faults: readonly PlanFault[] }>
  | Err<'too-many-items', { readonly limit: number }>
  | Err<'buffer-full', { readonly limit: number }>
  | Err<'not-allowed', { readonly what: string }>
  | Err<'not-found', { readonly what: string }>
  | Err<'already-exists', { readonly path: string }>
  | Err<'text-absent', { readonly path: string; readonly text: string }>
  | Err<'text-ambiguous', { readonly path: string; readonly text: string; readonly count: number }>
  | Err<'too-large', { readonly limitBytes: number }>
  | Err<'system', { readonly code: string; readonly path?: string }>
  | Err<'exit-code', { readonly exitCode: number }>
  | Err<'killed', { readonly killedBy: string }>
  | Err<'http-status', { readonly status: number; readonly retryAfterMs?: number }>
  /** A redirect would have sent a secret in the body to another origin. */
  | Err<'redirect-refused', { readonly to: string }>
  | Err<'network', { readonly code: string }>
  | Err<'tool-error', { readonly tool: string }>
  | Err<
      'agent-error',
      {
        readonly agent: string
        /** It asked a question that was not answered; `conversation` holds the turns before it. */
        readonly needsInput?: true
        readonly conversation?: readonly { readonly by: 'agent' | 'asker'; readonly text: string }[]
      }
    >
  | Err<'over-budget', { readonly agent: string }>
  | Err<'changed-since', { readonly path: string }>
  /** Whoever performed it elsewhere is gone: only what is repeatable is tried again. */
  | Err<'worker-lost', { readonly worker: string }>
  /** No worker took it in time. */
  | Err<'no-worker', { readonly place: string }>
  /** What carries operations to workers could not be reached, or did not take it. */
  | Err<'queue'>
  | Err<'thrown'>

const types: ReadonlySet<unknown> = new Set([
  'timeout',
  'invalid-params',
  'invalid-operation',
  'too-many-items',
  'buffer-full',
  'not-allowed',
  'not-found',
  'already-exists',
  'text-absent',
  'text-ambiguous',
  'too-large',
  'system',
  'exit-code',
  'killed',
  'http-status',
  'redirect-refused',
  'network',
  'tool-error',
  'agent-error',
  'over-budget',
  'changed-since',
  'worker-lost',
  'no-worker',
  'queue',
  'thrown',
] satisfies OperationError['type'][])

export function isOperationError(value: unknown): value is OperationError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    types.has(value.type) &&
    'message' in value &&
    typeof value.message === 'string' &&
    'retryable' in value &&
    typeof value.retryable === 'boolean'
  )
}

const failure = Symbol.for('millrace.OperationFailure')

/**
 * An operation error that can be thrown, for bodies that are functions, promises or observables rather than a `TaskEither`.
 *
 * The attempt fails with exactly this `error`, and is retried only if it is `retryable`.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { operation, OperationFailure, outcomeOf, runBatch } from 'millrace'
 * const bed = operation('bed', (): string => {
 *   throw new OperationFailure({ type: 'not-found', message: 'There is no bed.', retryable: false, what: 'bed' })
 * })
 * const outcome = await lastValueFrom(runBatch([bed]).pipe(outcomeOf(bed)))
 * outcome.type === 'failed' && outcome.error.type // => 'not-found'
 * ```
 * @since 0.1.0
 */
export class OperationFailure extends Error {
  override readonly name = 'OperationFailure'
  readonly error: OperationError
  /** Known by this and not by its class: a program can hold two copies of this library, such as one bundled into its command line. */
  readonly [failure] = true

  constructor(error: OperationError) {
    super(error.message, { cause: error.cause })
    this.error = error
  }
}

function isFailure(thrown: unknown): thrown is OperationFailure {
  return typeof thrown === 'object' && thrown !== null && failure in thrown
}

/** The typed form of whatever a body threw, rejected with, or gave as a `Left`. */
export function operationErrorOf(thrown: unknown): OperationError {
  try {
    if (isFailure(thrown)) return thrown.error
    if (isOperationError(thrown)) return thrown
    const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `The operation failed with ${describeThrown(thrown)}.`
    return { type: 'thrown', message, retryable: true, cause: thrown }
  } catch {
    // A proxy that refuses, a getter that throws: nobody who hears of the failure should have to touch it either.
    return { type: 'thrown', message: 'The operation failed with a value that cannot be read.', retryable: true }
  }
}

function describeThrown(thrown: unknown): string {
  if (typeof thrown === 'string') return JSON.stringify(thrown)
  try {
    return JSON.stringify(thrown) ?? String(thrown)
  } catch (error) {
    // Only a value JSON cannot write comes here: a cycle, a bigint, a getter that throws.
    return `a value of type ${typeof thrown} (${error instanceof Error ? error.message : 'not writable as JSON'})`
  }
}
