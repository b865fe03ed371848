import type * as t from 'io-ts'
import { closed } from '../model/codec/closed.js'
import { array } from '../model/codec/collections.js'
import { anyJson, boolean, text } from '../model/codec/values.js'
import { notYetKnown, type Touch } from '../model/effects.js'
import type { OperationError } from '../model/operationError.js'
import { operationRegistry, type OperationRegistry, type OperationType } from '../model/operationType.js'

const Params = closed(
  'parameters of test.hold',
  {},
  { reads: array(text()), writes: array(text()), follows: array(text()), note: anyJson, ignoresAbort: boolean },
)
type Params = t.TypeOf<typeof Params>

// The test itself says when one is ready.
const ServiceParams = closed(Params.name, {}, { ...Params.optional, ready: anyJson })

/** Operations whose attempts the test itself ends, in the order it chooses. */
export interface HeldOperations {
  /** A registry with one type, `test.hold`. Its params can declare `reads`, `writes` and `follows`, and `ignoresAbort`. */
  readonly operations: OperationRegistry
  /** Ids whose attempts are running now, in the order they started. */
  running(): readonly string[]
  /** Ids in the order their attempts started, retries included. */
  started(): readonly string[]
  /** Params as the last attempt of an operation got them. */
  paramsOf(id: string): unknown
  succeed(id: string, value?: unknown): void
  /** Makes a service ready. */
  ready(id: string, value?: unknown): void
  fail(id: string, error?: Partial<OperationError>): void
}

interface Held {
  readonly id: string
  readonly give: (value: unknown) => void
  readonly throw: (error: unknown) => void
  readonly ready: (value: unknown) => void
}

/**
 * Makes operations for tests: an attempt runs until `succeed` or `fail` is called for its id.
 *
 * Everything happens synchronously within those calls. An aborted attempt ends at once, unless its params say `ignoresAbort`: then
 * only the test ends it. Throws when no attempt of that id is running.
 *
 * @example
 * ```ts
 * import { runBatch } from 'millrace'
 * import { heldOperations } from 'millrace/testing'
 * const held = heldOperations()
 * runBatch([{ id: 'a', type: 'test', operation: 'hold' }], { operations: held.operations }).subscribe()
 * held.running() // => ['a']
 * ```
 * @since 0.1.0
 */
export function heldOperations(): HeldOperations {
  const held = new Map<string, Held>()
  const started: string[] = []
  const params = new Map<string, unknown>()

  const hold: OperationType<Params, unknown> = {
    type: 'test',
    operation: 'hold',
    summary: 'Runs until the test ends it.',
    params: Params,
    result: anyJson,
    effects: ({ reads, writes, follows }) => ({ reads: touches(reads), writes: touches(writes), follows: touches(follows) }),
    perform: (given, { id, signal, ready }) => {
      started.push(id)
      params.set(id, given)
      // A thenable that calls back at once: a promise would put a microtask between the test and the run.
      const work: PromiseLike<unknown> = {
        then: (give, fail) => {
          held.set(id, { id, give: (value) => void give?.(value), throw: (error) => void fail?.(error), ready })
          if (given.ignoresAbort !== true) signal.addEventListener('abort', () => take(id)?.throw(signal.reason))
          return work as PromiseLike<never>
        },
      }
      return work
    },
  }

  const take = (id: string): Held | undefined => {
    const attempt = held.get(id)
    held.delete(id)
    return attempt
  }
  const running = (id: string): Held => {
    const attempt = take(id)
    if (attempt === undefined) throw new Error(`No attempt of "${id}" is running. Running: ${[...held.keys()].join(', ') || 'none'}.`)
    return attempt
  }

  return {
    operations: operationRegistry([{ ...hold, service: { ...hold, params: ServiceParams } }]),
    running: () => [...held.keys()],
    started: () => started,
    paramsOf: (id) => params.get(id),
    succeed: (id, value) => running(id).give(value),
    ready: (id, value) => held.get(id)?.ready(value),
    fail: (id, error = {}) => running(id).throw({ type: 'thrown', message: `${id} failed`, retryable: true, ...error }),
  }
}

function touches(paths: readonly string[] | typeof notYetKnown | undefined): readonly Touch[] {
  if (paths === notYetKnown) return [{ resource: 'file:', orderOnly: true }]
  return (paths ?? []).map((path) => ({ resource: `file:/${path}` }))
}
