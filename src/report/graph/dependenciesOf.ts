import type { RunPicture } from '../picture/picture.js'

/** The operations that one waits for, the last to end first. Behind a join, those that it joins. */
export function dependenciesOf(index: number, { operations, wiring }: RunPicture): readonly number[] {
  if (wiring === undefined || index >= wiring.planned) return []
  const { nodes, planned, offsets, targets } = wiring
  const before = new Map<number, number[]>()
  for (let node = 0; node < nodes; node++)
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const target = targets[edge]!
      if (target !== index && target < planned) continue
      const list = before.get(target)
      if (list === undefined) before.set(target, [node])
      else list.push(node)
    }
  const found = new Set<number>()
  const open = [index]
  for (const node of open)
    for (const source of before.get(node) ?? []) {
      if (found.has(source)) continue
      found.add(source)
      if (source >= planned) open.push(source)
    }
  const endOf = (node: number): number => operations[node]!.endedAt ?? Infinity
  return [...found].filter((node) => node < planned).sort((a, b) => endOf(b) - endOf(a))
}
