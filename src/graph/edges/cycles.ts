import type { ExplicitEdges } from './explicitEdges.js'

const unseen = 0
const onPath = 1
const done = 2

/**
 * Circles of needs among the places that `order` leaves out, no two with a place in common: `[a, b, c]` when a needs b, b needs c
 * and c needs a. Each begins with its first place in the list. Together they leave no other circle untouched.
 */
export function cycles({ starts, sources }: ExplicitEdges, order: Int32Array): readonly (readonly number[])[] {
  const count = starts.length - 1
  const state = new Uint8Array(count)
  for (const index of order) state[index] = done
  const next = starts.slice()
  const found: (readonly number[])[] = []
  // Depth first with an own stack: a path may be as long as the plan.
  const path: number[] = []
  const enter = (index: number): void => {
    state[index] = onPath
    path.push(index)
  }
  for (let root = 0; root < count; root++) {
    if (state[root] === unseen) enter(root)
    while (path.length > 0) {
      const index = path.at(-1)!
      if (next[index]! >= starts[index + 1]!) {
        state[index] = done
        path.pop()
        continue
      }
      const source = sources[next[index]!++]!
      if (state[source] === unseen) enter(source)
      else if (state[source] === onPath) {
        const circle = path.splice(path.lastIndexOf(source))
        for (const member of circle) state[member] = done
        found.push(fromFirst(circle))
      }
    }
  }
  return found
}

function fromFirst(circle: readonly number[]): readonly number[] {
  const first = circle.indexOf(circle.reduce((least, member) => Math.min(least, member)))
  return [...circle.slice(first), ...circle.slice(0, first)]
}
