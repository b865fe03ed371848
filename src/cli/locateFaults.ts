import type { LineCounter } from 'yaml'
import type { FilePlace, PlanFault, PlanPath } from '../model/fault.js'
import type { PlanSource } from './planSource.js'

// Reading with places takes some seconds for a text of this length; faults in longer ones are told by their path alone.
const longestLocated = 8 * 1024 * 1024

/** The same faults with the line and column each is found at. Reads the text once more: only done when there is a fault. */
export async function locateFaults(faults: readonly PlanFault[], source: PlanSource): Promise<readonly PlanFault[]> {
  if (source.text.length > longestLocated || faults.every(({ place }) => place !== undefined)) return faults
  const { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const { contents } = parseDocument(source.text, { lineCounter: lines, logLevel: 'silent', uniqueKeys: false })

  const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined)
  /** Where the value at the path begins, or its key; of a value that is not there, the nearest one around it. */
  const offsetOf = (path: PlanPath, ofKey: boolean): number => {
    let node: unknown = contents
    let offset = startOf(node) ?? 0
    for (const [depth, step] of path.entries()) {
      const next: unknown = isSeq(node)
        ? node.items[Number(step)]
        : isMap(node)
          ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
          : undefined
      if (next === undefined) return offset
      const key = isPair(next) ? startOf(next.key) : undefined
      node = isPair(next) ? next.value : next
      offset = (ofKey && depth === path.length - 1 ? key : startOf(node)) ?? key ?? offset
    }
    return offset
  }
  return faults.map((fault) =>
    fault.place === undefined ? { ...fault, place: placeAt(lines, source, offsetOf(fault.at, fault.type === 'unknown-field')) } : fault,
  )
}

export function placeAt(lines: LineCounter, source: PlanSource, offset: number): FilePlace {
  const { line, col } = lines.linePos(offset)
  return { file: source.file, line, column: col }
}
