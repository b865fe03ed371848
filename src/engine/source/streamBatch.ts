import * as E from 'fp-ts/lib/Either.js'
import { compileStream } from '../../graph/compileStream.js'
import { withoutPerformer } from '../../graph/withoutPerformer.js'
import { describeFault } from '../../model/fault/describeFault.js'
import type { PlanFault } from '../../model/fault/fault.js'
import type { OperationError } from '../../model/operationError.js'
import { operationRegistry } from '../../model/operationType.js'
import { idOfWritten } from './idOfWritten.js'
import type { Feed, RunnableBatch } from './batch.js'
import { lookBack } from '../gates/lookBack.js'
import { InvalidPlanError } from '../invalidPlanError.js'
import type { RunOptions } from '../options.js'
import { streamDependencies } from '../gates/streamDependencies.js'

/** Operations after a named one that may refer to it, when the caller does not say. */
const defaultLookBack = 1_000

/** What a source of operations is given, and reports. */
export interface SourceListener {
  /**
   * False when it is no time to take more in: operations that wait for others fill no slot, so without a bound the whole source would
   * be read to find one that can start.
   */
  readonly wanted: () => boolean
  readonly came: (written: unknown) => void
  readonly refused: (written: unknown, error: OperationError) => void
  /** There is something to do: operations came, or the source has ended. */
  readonly wake: () => void
  /** The source itself failed: what it gave is finished, nothing more comes. */
  readonly failed: (error: OperationError) => void
}

const noEdges = { explicit: 0, reference: 0, effect: 0, order: 0 }

/** A batch whose operations come while the run goes on. What has ended is forgotten as soon as nobody may refer to it. */
export function streamBatch(options: RunOptions, makeFeed: (listener: SourceListener) => Feed): RunnableBatch | InvalidPlanError {
  const { lookBack: reach = defaultLookBack } = options
  const compiled = compileStream(streamSettings(options), options.operations ?? operationRegistry([]))
  if (compiled._tag === 'Left') return new InvalidPlanError(compiled.left)
  const { name, concurrency, timeoutMs, onFailure, pools, retryBudget, reader } = compiled.right
  return {
    name,
    concurrency,
    timeoutMs,
    onFailure,
    pools,
    retryBudget,
    operations: [],
    edges: noEdges,
    plan: undefined,
    streamed: true,
    begin(host) {
      const names = lookBack(reach)
      const dependencies = streamDependencies(names, host.conceal)
      const read = reader(names)
      let position = -1
      const came = (written: unknown): void => {
        names.moveTo(++position)
        const decoded = read(written, position)
        const unplaced = E.isRight(decoded) && options.performer === undefined ? withoutPerformer([decoded.right.operation]) : undefined
        if (unplaced !== undefined)
          host.refuse(idOfWritten(written, position), position, invalidOperation([{ ...unplaced, at: ['operations', position] }], reach))
        else if (E.isLeft(decoded)) host.refuse(idOfWritten(written, position), position, invalidOperation(decoded.left, reach))
        else dependencies.join(host.admit(decoded.right.operation, position), position, decoded.right, written)
      }
      const refused = (written: unknown, error: OperationError): void => {
        names.moveTo(++position)
        host.refuse(idOfWritten(written, position), position, error)
      }
      const feed = makeFeed({
        wanted: () => host.unfinished() < reach + concurrency,
        came,
        refused,
        wake: () => host.wake(),
        failed: (error) => host.sourceFailed(error),
      })
      return { dependencies, feed }
    },
  }
}

function invalidOperation(faults: readonly PlanFault[], reach: number): OperationError {
  const tooFar = faults.some(({ type }) => type === 'unknown-id')
    ? `\nIn a stream, an operation can refer only to the ${reach} before it.`
    : ''
  return { type: 'invalid-operation', message: `${faults.map(describeFault).join('\n')}${tooFar}`, retryable: false, faults }
}

/** The settings of a stream as a plan would give them. */
function streamSettings({ settings, concurrency }: RunOptions): object {
  return { ...settings, ...(typeof concurrency === 'number' && { concurrency }) }
}
