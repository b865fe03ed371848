import type { CompiledOperation, Graph } from '../../model/graph.js'
import { isCleanUp } from '../stop/stopRules.js'

/** A service that stood ready has ended too early. */
export interface LostService {
  readonly id: string
  /** Those that had passed their gates: running, or waiting for a slot or their next attempt. */
  readonly dependents: ReadonlySet<number>
}

/** Which services of a plan stand ready, and who still needs them. */
export interface ServiceNeeds {
  /** For those that wait for it, it counts as ended. */
  ready(index: number): void
  isReady(index: number): boolean
  /** An operation, a service or not, has ended. */
  ended(index: number): void
  /** A service that stands ready and is needed no more, each once; -1 when there is none. */
  nextUnneeded(): number
  /** A service has ended that stood ready: gives all that depend on it, directly or not, and have not ended. */
  lose(index: number, isWaiting: (dependent: number) => boolean): readonly number[]
  /** A service that was lost, each once. */
  nextLost(): LostService | undefined
  /** The lost service that an operation depends on. */
  lostBy(index: number): string | undefined
  /** Whether it is a service that clean-ups depend on: what spares them spares it. */
  cleansUp(operation: CompiledOperation): boolean
}

/** Undefined for a plan without services: nothing is counted then. */
export function serviceNeeds(graph: Graph): ServiceNeeds | undefined {
  return graph.services.length === 0 ? undefined : new CountedNeeds(graph)
}

const standing = 1
const over = 2

/**
 * An operation is done with once it has ended and all that depend on it are done with: a service whose dependents all are is needed no
 * more. So each edge is counted down once, however many services stand before it; a set of dependents for each service would take the
 * square of a chain of services.
 */
class CountedNeeds implements ServiceNeeds {
  private readonly states: Uint8Array
  /** How many of those that directly depend on each are not done with. */
  private readonly needing: Int32Array
  /** Those that each directly depends on, where they are services or stand behind one. */
  private readonly needed = new Map<number, number[]>()
  private readonly unneeded: number[] = []
  private readonly lost: LostService[] = []
  private readonly lostOf = new Map<number, string>()
  private readonly ofCleanUps = new Set<CompiledOperation>()

  constructor(private readonly graph: Graph) {
    this.states = new Uint8Array(graph.operations.length)
    this.needing = new Int32Array(graph.operations.length)
    const seen = new Set(graph.services)
    // A set is gone through with what is added meanwhile.
    for (const index of seen)
      this.eachDependent(index, (dependent) => {
        this.needing[index]!++
        const before = this.needed.get(dependent)
        if (before === undefined) this.needed.set(dependent, [index])
        else before.push(index)
        seen.add(dependent)
      })
    const before = new Set([...seen].filter((index) => isCleanUp(graph.operations[index]!.when)))
    for (const index of before)
      for (const needed of this.needed.get(index) ?? []) {
        before.add(needed)
        if (graph.operations[needed]!.service === true) this.ofCleanUps.add(graph.operations[needed]!)
      }
  }

  ready(index: number): void {
    this.states[index] = standing
    if (this.needing[index] === 0) this.unneeded.push(index)
  }

  isReady(index: number): boolean {
    return this.states[index] === standing
  }

  ended(index: number): void {
    this.states[index] = over
    const done = this.needing[index] === 0 ? [index] : []
    for (let next = done.pop(); next !== undefined; next = done.pop())
      for (const before of this.needed.get(next) ?? []) {
        if (--this.needing[before]! > 0) continue
        if (this.states[before] === over) done.push(before)
        else if (this.states[before] === standing) this.unneeded.push(before)
      }
  }

  nextUnneeded(): number {
    return this.unneeded.shift() ?? -1
  }

  lose(index: number, isWaiting: (dependent: number) => boolean): readonly number[] {
    const { id } = this.graph.operations[index]!
    const found = new Set([index])
    for (const next of found) {
      // What runs whatever became of those before it carries no failure on.
      if (next !== index && !this.asksForSuccess(next)) continue
      this.eachDependent(next, (dependent) => found.add(dependent))
    }
    found.delete(index)
    const unfinished = [...found].filter((dependent) => this.states[dependent] !== over)
    const dependents = new Set(unfinished.filter((dependent) => this.asksForSuccess(dependent) && !isWaiting(dependent)))
    for (const dependent of dependents) this.lostOf.set(dependent, id)
    this.lost.push({ id, dependents })
    return unfinished
  }

  nextLost(): LostService | undefined {
    return this.lost.shift()
  }

  lostBy(index: number): string | undefined {
    return this.lostOf.size === 0 ? undefined : this.lostOf.get(index)
  }

  cleansUp(operation: CompiledOperation): boolean {
    return this.ofCleanUps.has(operation)
  }

  private asksForSuccess(index: number): boolean {
    const { when } = this.graph.operations[index]!
    return when === 'success' || when === 'none-failed'
  }

  // Joins pass on order alone: an edge that counts leads from one operation to another.
  private eachDependent(index: number, tell: (dependent: number) => void): void {
    const { offsets, targets, counts } = this.graph
    for (let edge = offsets[index]!; edge < offsets[index + 1]!; edge++) if (counts[edge] === 1) tell(targets[edge]!)
  }
}
