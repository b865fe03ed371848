import type { Wiring } from './picture.js'
import type { ReportAbout } from './reportAbout.js'

/** The wiring of a plan, if it fits its operations: a graph that does not would be drawn wrong, and is not drawn at all. */
export function soundWiring({ nodes, offsets, targets }: NonNullable<ReportAbout['wiring']>, planned: number): Wiring | undefined {
  if (!Number.isSafeInteger(nodes) || nodes < planned || offsets.length !== nodes + 1 || offsets[0] !== 0) return undefined
  for (let node = 0; node < nodes; node++) if (!(offsets[node]! <= offsets[node + 1]!)) return undefined
  if (offsets[nodes] !== targets.length) return undefined
  for (let edge = 0; edge < targets.length; edge++) {
    const target = targets[edge]!
    if (!Number.isSafeInteger(target) || target < 0 || target >= nodes) return undefined
  }
  return { planned, nodes, offsets, targets }
}
