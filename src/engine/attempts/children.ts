import type { CompiledOperation } from '../../model/graph.js'
import type { Outcome } from '../../model/outcome.js'
import type { When } from '../../model/plan.js'
import type { ChildOperation } from '../../model/work.js'
import type { Attempt } from './attempt.js'

/** The operations that others added while they ran, and who waits for them. */
export interface Children {
  /** Notes a child of a running attempt; its outcome is given when it has ended. */
  adopt(parent: Attempt, index: number): PromiseLike<Outcome>
  /** The id of its parent, when that was told to end. */
  readonly stoppedParent: (index: number) => string | undefined
  /** The children of an attempt that have not ended, if it has any. */
  of(parent: Attempt): ReadonlySet<number> | undefined
  /** False when it is nobody's child. */
  ended(index: number, outcome: Outcome): boolean
}

interface Child {
  readonly parent: Attempt
  readonly resolve: (outcome: Outcome) => void
}

export function children(): Children {
  // Made for the first child: most runs have none.
  let living: Map<number, Child> | undefined
  const byParent = new Map<Attempt, Set<number>>()
  return {
    adopt: (parent, index) =>
      new Promise((resolve) => {
        living ??= new Map()
        living.set(index, { parent, resolve })
        let siblings = byParent.get(parent)
        if (siblings === undefined) byParent.set(parent, (siblings = new Set()))
        siblings.add(index)
      }),
    stoppedParent(index) {
      const parent = living?.get(index)?.parent
      return parent?.stopped === true ? parent.id : undefined
    },
    of: (parent) => byParent.get(parent),
    ended(index, outcome) {
      const child = living?.get(index)
      if (living === undefined || child === undefined) return false
      living.delete(index)
      const siblings = byParent.get(child.parent)!
      siblings.delete(index)
      if (siblings.size === 0) byParent.delete(child.parent)
      child.resolve(outcome)
      return true
    },
  }
}

const noSources: readonly number[] = []

/** A child as the engine runs it: like its parent where it does not say otherwise. */
export function compiledChild(parent: CompiledOperation, child: ChildOperation): CompiledOperation {
  // Parts of a clean-up are clean-up: what spares the parent spares them.
  const when: When = parent.when
  return {
    id: child.id,
    name: child.name ?? parent.name,
    when,
    priority: parent.priority,
    weight: 1,
    pool: child.pool ?? parent.pool,
    timeoutMs: child.timeoutMs,
    retry: child.retry,
    fallback: child.fallback,
    undo: undefined,
    undoes: false,
    secret: parent.secret,
    parent: parent.id,
    sources: noSources,
    start: (_task, context) => child.perform(context),
  }
}

/** Stands for something in a stream that is no operation. */
export function refusedOperation(id: string): CompiledOperation {
  const settings = {
    pool: undefined,
    timeoutMs: undefined,
    retry: undefined,
    fallback: undefined,
    undo: undefined,
    undoes: true,
    secret: false,
  }
  const start = (): never => {
    throw new Error(`A defect in millrace: "${id}" was refused and started.`)
  }
  return { id, name: 'unknown', when: 'success', priority: 'medium', weight: 1, ...settings, sources: noSources, start }
}
