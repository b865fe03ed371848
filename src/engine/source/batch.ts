// engine/source: where the operations of a run come from: a plan, a generator, a stream that pushes.
import type { EdgeCounts } from '../../model/event.js'
import { eachSecretOf } from '../../graph/read/eachSecretOf.js'
import type { CompiledPlan, SecretSpan, CompiledOperation } from '../../model/graph.js'
import type { OperationError } from '../../model/operationError.js'
import { planDependencies } from '../gates/planDependencies.js'
import type { Dependencies } from '../gates/dependencies.js'

/** What a run is made from: a plan whose operations are all known, or a stream of operations. */
export interface RunnableBatch extends Pick<CompiledPlan, 'name' | 'concurrency' | 'timeoutMs' | 'onFailure' | 'pools' | 'retryBudget'> {
  /** The operations known before the run. */
  readonly operations: readonly CompiledOperation[]
  readonly edges: EdgeCounts
  /** What it was made from; undefined for a stream. */
  readonly plan: CompiledPlan | undefined
  /** Others come while the run goes on. */
  readonly streamed: boolean
  /** Called once a run: everything that changes while it goes on is made here. */
  begin(host: BatchHost): { readonly dependencies: Dependencies; readonly feed: Feed | undefined }
}

/** Where operations come from while the run goes on. */
export interface Feed {
  /** Nothing more will come. */
  isDone(): boolean
  /** The run has begun. */
  open(): void
  /** Asks for one more operation; true when it came at once. */
  pull(): boolean
  /** The run takes nothing more: the source is let go. */
  stop(): void
}

/** What a source of operations tells the run. */
export interface BatchHost {
  /** Told of every secret text: no event will show it. */
  readonly conceal: (text: string, span: SecretSpan) => void
  /** Takes in an operation and gives its index. */
  admit(operation: CompiledOperation, position: number): number
  /** Something that cannot be run came in an operation's place: it fails alone. */
  refuse(id: string, position: number, error: OperationError): void
  /** There is something to do: operations came, or the source has ended. */
  wake(): void
  /** The source itself failed: what it gave is finished, nothing more comes. */
  sourceFailed(error: OperationError): void
  /** Operations taken in that have not ended. */
  unfinished(): number
}

export function planBatch(plan: CompiledPlan): RunnableBatch {
  const { name, concurrency, timeoutMs, onFailure, pools, retryBudget, graph } = plan
  return {
    name,
    concurrency,
    timeoutMs,
    onFailure,
    pools,
    retryBudget,
    operations: graph.operations,
    edges: graph.edgeCounts,
    plan,
    streamed: false,
    begin(host) {
      // A plan has an end, so none of its secrets is forgotten; and what is told before the operation that has one must not show it.
      const conceal = (text: string): void => host.conceal(text, 'run')
      for (const operation of graph.secretive) eachSecretOf(operation, conceal)
      return { dependencies: planDependencies(graph, conceal), feed: undefined }
    },
  }
}
