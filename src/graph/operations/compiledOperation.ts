// graph/operations: operations in the form that the engine runs, and how an attempt of one starts.
import type * as t from 'io-ts'
import type { Made } from '../../model/code/operation.js'
import type { CompiledOperation } from '../../model/graph.js'
import type { OperationType } from '../../model/operationType.js'
import { foreseenParams } from '../params/foreseenParams.js'
import type { ParamsTree } from '../params/paramsTree.js'
import type { ResultPath } from '../params/resultPath.js'
import type { ReferenceSources } from '../params/resolveParams.js'

/** What an operation is given: decoded already, or to be made at each attempt. */
export type GivenParams =
  | { readonly type: 'decoded'; readonly params: unknown }
  | { readonly type: 'unresolved'; readonly tree: ParamsTree; readonly planSources: PlanSources }

/** What all attempts of a plan share to find what markers stand for. */
export type PlanSources = Omit<ReferenceSources, 'results'>

/** What takes an operation back, ready to be started. */
export interface PlanUndo {
  readonly operationType: OperationType
  readonly given: GivenParams
}

/** What is the same for all operations of one type and one choice of settings. */
export interface OperationKind extends Pick<
  CompiledOperation,
  'name' | 'when' | 'priority' | 'weight' | 'service' | 'pool' | 'place' | 'timeoutMs' | 'retry' | 'undoes' | 'start'
> {
  readonly operationType: OperationType
  /** As the plan says it; undefined where the type decides. */
  readonly repeatable: boolean | undefined
}

/** The items of an operation, and what each is. */
export interface EachItem {
  /** The list, where the plan has it; else the way to it. */
  readonly items: { readonly type: 'list'; readonly list: readonly unknown[] } | { readonly type: 'refer'; readonly pointer: ResultPath }
  readonly kind: OperationKind
  /** What an item has beside its params. */
  readonly extras: OperationExtras
  /** Whether the whole succeeds with the outcomes of its items, whatever they are. */
  readonly settle: boolean
  /** How many items the run may have, beside the operations of the plan. */
  readonly most: number
  /** Whether what items touch orders them. */
  readonly infer: boolean
}

/** What few operations have. */
export interface OperationExtras extends Pick<CompiledOperation, 'fallback' | 'undo' | 'secret' | 'title' | 'condition'> {
  readonly planUndo: PlanUndo | undefined
  /** Whether the plan wants a person asked before it runs. */
  readonly confirm: boolean
  /** Of one that is done once for each item of a list. */
  readonly each: EachItem | undefined
  /** Where the operations whose values one made in code is given differ from its sources: see `needs` there. */
  readonly needs: readonly number[] | undefined
}

/** The extras of most operations. */
export const noExtras: OperationExtras = {
  fallback: undefined,
  undo: undefined,
  secret: false,
  planUndo: undefined,
  confirm: false,
  needs: undefined,
  title: undefined,
  condition: undefined,
  each: undefined,
}

/**
 * An operation of a plan: it knows its operation type and what that is given.
 *
 * Of a plan of a million operations it is nearly all that stays in memory, so it holds only what is its own, and points to what it
 * has in common with others: a third of the bytes, and the engine finds more of them in the processor's caches.
 */
export class CompiledPlanOperation implements CompiledOperation {
  constructor(
    readonly id: string,
    /** Another one once the graph is known, where something more urgent waits for it. */
    public kind: OperationKind,
    readonly given: GivenParams,
    /** How it was made in code, if it was. */
    readonly made: Made | undefined,
    readonly sources: readonly number[],
    readonly extras: OperationExtras,
  ) {}

  get name(): CompiledOperation['name'] {
    return this.kind.name
  }
  get when(): CompiledOperation['when'] {
    return this.kind.when
  }
  get priority(): CompiledOperation['priority'] {
    return this.kind.priority
  }
  get weight(): CompiledOperation['weight'] {
    return this.kind.weight
  }
  get service(): CompiledOperation['service'] {
    return this.kind.service
  }
  get pool(): CompiledOperation['pool'] {
    return this.kind.pool
  }
  get origin(): string | undefined {
    const { given } = this
    const { origin, params } = this.operationType
    if (origin === undefined) return undefined
    return origin(given.type === 'decoded' ? (given.params as object) : foreseenParams(params as t.Mixed, given.tree))
  }
  get place(): CompiledOperation['place'] {
    return this.kind.place
  }
  get timeoutMs(): CompiledOperation['timeoutMs'] {
    return this.kind.timeoutMs
  }
  get retry(): CompiledOperation['retry'] {
    return this.kind.retry
  }
  get undoes(): CompiledOperation['undoes'] {
    return this.kind.undoes
  }
  get start(): CompiledOperation['start'] {
    return this.kind.start
  }
  get operationType(): OperationType {
    return this.kind.operationType
  }
  get fallback(): CompiledOperation['fallback'] {
    return this.extras.fallback
  }
  get undo(): CompiledOperation['undo'] {
    return this.extras.undo
  }
  get secret(): CompiledOperation['secret'] {
    return this.extras.secret
  }
  get title(): CompiledOperation['title'] {
    return this.extras.title
  }
  get condition(): CompiledOperation['condition'] {
    return this.extras.condition
  }
  get planUndo(): PlanUndo | undefined {
    return this.extras.planUndo
  }
  /** Indexes of the operations whose values one made in code is given, in the order of their names there. */
  get needs(): readonly number[] {
    return this.extras.needs ?? this.sources
  }
}

/** One item of an operation with `each`: an operation of its own, with a parent. */
export class CompiledItem extends CompiledPlanOperation {
  constructor(
    id: string,
    kind: OperationKind,
    given: GivenParams,
    extras: OperationExtras,
    readonly parent: string,
  ) {
    super(id, kind, given, undefined, noSources, extras)
  }
}

const noSources: readonly number[] = []
