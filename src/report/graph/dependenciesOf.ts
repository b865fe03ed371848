import type { RunPicture, Wiring } from '../picture/picture.js'

/** The operations that one waits for, the last to end first. Behind a join, those that it joins. */
export function dependenciesOf(index: number, { operations, wiring }: RunPicture): readonly number[] {
  if (wiring === undefined || index >= wiring.planned) return []
  const endOf = (node: number): number => operations[node]!.endedAt ?? Infinity
  return [...behind(index, wiring.planned, nodesBefore(wiring, index))].sort((a, b) => endOf(b) - endOf(a))
}

/** For each node those with an edge to it: of joins, and of operations all of them or one. */
function nodesBefore({ nodes, planned, offsets, targets }: Wiring, only?: number): ReadonlyMap<number, readonly number[]> {
  const before = new Map<number, number[]>()
  for (let node = 0; node < nodes; node++)
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const target = targets[edge]!
      if (only !== undefined && target !== only && target < planned) continue
      const list = before.get(target)
      if (list === undefined) before.set(target, [node])
      else list.push(node)
    }
  return before
}

/** Passes joins, one operation after the other: whoever wants only the first does not walk to the rest. */
function* behind(index: number, planned: number, before: ReadonlyMap<number, readonly number[]>): Generator<number, void, undefined> {
  const seen = new Set<number>()
  const open = [index]
  for (const node of open)
    for (const source of before.get(node) ?? []) {
      if (seen.has(source)) continue
      seen.add(source)
      if (source < planned) yield source
      else open.push(source)
    }
}

/** What some of an operation's dependencies are, and that there are more. */
export interface FirstDependencies {
  readonly shown: readonly number[]
  /** Edges of joins count once: what they stand for may be millions. */
  readonly more: number
}

/** The first few dependencies of each operation. */
export function dependencyLists({ operations, wiring }: RunPicture, most: number): readonly FirstDependencies[] {
  if (wiring === undefined) return operations.map(() => ({ shown: [], more: 0 }))
  const before = nodesBefore(wiring)
  return operations.map((_, index) => {
    if (index >= wiring.planned) return { shown: [], more: 0 }
    const shown: number[] = []
    let more = 0
    for (const dependency of behind(index, wiring.planned, before)) {
      if (shown.length < most) shown.push(dependency)
      else if (++more >= most) break
    }
    return { shown, more }
  })
}
