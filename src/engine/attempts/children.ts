import type { CompiledOperation } from '../../model/graph.js'
import type { Outcome } from '../../model/outcome.js'
import type { When } from '../../model/plan.js'
import type { ChildOperation } from '../../model/work.js'
import type { Attempt } from './attempt.js'

/** The operations that others added while they ran, and who waits for them. */
export interface Children {
  /** Notes a child of a running attempt; its outcome is given when it has ended. */
  adopt(parent: Attempt, index: number): PromiseLike<Outcome>
  /** The attempt whose child it is, if any. */
  parentOf(index: number): Attempt | undefined
  /** The children of an attempt that have not ended. */
  of(parent: Attempt): readonly number[]
  /** False when it is nobody's child. */
  ended(index: number, outcome: Outcome): boolean
}

interface Child {
  readonly parent: Attempt
  readonly resolve: (outcome: Outcome) => void
}

export function children(): Children {
  const living = new Map<number, Child>()
  const byParent = new Map<Attempt, Set<number>>()
  return {
    adopt: (parent, index) =>
      new Promise((resolve) => {
        living.set(index, { parent, resolve })
        let siblings = byParent.get(parent)
        if (siblings === undefined) byParent.set(parent, (siblings = new Set()))
        siblings.add(index)
      }),
    parentOf: (index) => (living.size === 0 ? undefined : living.get(index)?.parent),
    of: (parent) => [...(byParent.get(parent) ?? [])],
    ended(index, outcome) {
      if (living.size === 0) return false
      const child = living.get(index)
      if (child === undefined) return false
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
    fallback: undefined,
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
