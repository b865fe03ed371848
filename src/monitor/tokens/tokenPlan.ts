/** A plan that ran, as far as tokens are concerned. */
export interface TokenPlan {
  readonly operations: readonly TokenOperation[]
  /** Whose values the caller asks back; default those that no other operation waits for. */
  readonly returns?: readonly string[]
}

/** One operation that ran, as the messages about it would show it. */
export interface TokenOperation {
  readonly id: string
  /** The name of a tool for it, such as `file.write`. */
  readonly name: string
  /** As the plan has them, references and all. */
  readonly params: unknown
  /** Everything it waits for, by reference too. */
  readonly dependencies: readonly string[]
  /** The value it returned. */
  readonly value: unknown
}

/** Ids whose values come back when only chosen ones do. */
export function chosenIds({ operations, returns }: TokenPlan): ReadonlySet<string> {
  if (returns !== undefined) return new Set(returns)
  const waitedFor = new Set(operations.flatMap(({ dependencies }) => dependencies))
  return new Set(operations.flatMap(({ id }) => (waitedFor.has(id) ? [] : [id])))
}

/** Operations grouped by how many others they wait for one after another: those of one level could be called in one message. */
export function levelsOf(operations: readonly TokenOperation[]): readonly (readonly TokenOperation[])[] {
  const byId = new Map(operations.map((operation) => [operation.id, operation]))
  const levelOf = new Map<string, number>()
  const levels: TokenOperation[][] = []
  // A level is known once those of all dependencies are: an own stack, since a chain may be as long as a plan.
  for (const root of operations) {
    const stack = [root]
    for (let operation = stack.at(-1); operation !== undefined; operation = stack.at(-1)) {
      const known = operation.dependencies.filter((id) => byId.has(id))
      const unknown = known.find((id) => !levelOf.has(id))
      if (unknown !== undefined) {
        stack.push(byId.get(unknown)!)
        continue
      }
      stack.pop()
      if (levelOf.has(operation.id)) continue
      const level = known.reduce((most, id) => Math.max(most, levelOf.get(id)! + 1), 0)
      levelOf.set(operation.id, level)
      ;(levels[level] ??= []).push(operation)
    }
  }
  return levels
}
