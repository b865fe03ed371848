import * as E from 'fp-ts/lib/Either.js'
import type { CompiledStream } from '../../graph/compileStream.js'
import { describeFault } from '../../model/fault/describeFault.js'
import type { PlanFault } from '../../model/fault/fault.js'
import type { OperationError } from '../../model/operationError.js'
import { idOfWritten } from './idOfWritten.js'
import type { Batch, BatchHost, Feed } from './batch.js'
import { lookBack } from '../gates/lookBack.js'
import type { RunOptions } from '../options.js'
import { streamDependencies } from '../gates/streamDependencies.js'

/** Operations after a named one that may refer to it, when the caller does not say. */
export const defaultLookBack = 1_000

/** How the operations of a stream come in: given how to take one in, or to refuse it, makes where they come from. */
export type MakeFeed = (
  host: BatchHost,
  came: (written: unknown) => void,
  refused: (written: unknown, error: OperationError) => void,
) => Feed

const noEdges = { explicit: 0, reference: 0, effect: 0, order: 0 }

/** A batch whose operations come while the run goes on. What has ended is forgotten as soon as nobody may refer to it. */
export function streamBatch(stream: CompiledStream, reach: number, makeFeed: MakeFeed): Batch {
  const { name, concurrency, timeoutMs, onFailure, pools, retryBudget, reader } = stream
  return {
    name,
    concurrency,
    timeoutMs,
    onFailure,
    pools,
    retryBudget,
    tasks: [],
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
        if (E.isLeft(decoded)) host.refuse(idOfWritten(written, position), position, invalidOperation(decoded.left, reach))
        else dependencies.join(host.admit(decoded.right.task, position), position, decoded.right, written)
      }
      const refused = (written: unknown, error: OperationError): void => {
        names.moveTo(++position)
        host.refuse(idOfWritten(written, position), position, error)
      }
      return { dependencies, feed: makeFeed(host, came, refused) }
    },
  }
}

function invalidOperation(faults: readonly PlanFault[], reach: number): OperationError {
  const tooFar = faults.some(({ type }) => type === 'unknown-id') ? `\nIn a stream an operation can name the ${reach} before it.` : ''
  return { type: 'invalid-operation', message: `${faults.map(describeFault).join('\n')}${tooFar}`, retryable: false, faults }
}

/** The settings of a stream as a plan would give them. */
export function streamSettings({ settings, concurrency }: RunOptions): object {
  return { ...settings, ...(typeof concurrency === 'number' && { concurrency }) }
}
