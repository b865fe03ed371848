import type { FilePlace, PlanFault, PlanPath } from '../../model/fault/fault.js'
import type { PlanSource } from './planSource.js'

// Reading with places takes some seconds for a text of this length; faults in longer ones are told by their path alone.
const longestLocated = 8 * 1024 * 1024

/** The same faults with the line and column each is found at. Reads the text once more: only done when there is a fault. */
export async function locateFaults(faults: readonly PlanFault[], source: PlanSource): Promise<readonly PlanFault[]> {
  if (source.text.length > longestLocated || faults.every(({ place }) => place !== undefined)) return faults
  const { isMap, isNode, isPair, isScalar, isSeq, parseDocument } = await import('yaml')
  const placeAt = placesIn(source)
  const { contents } = parseDocument(source.text, { logLevel: 'silent', uniqueKeys: false })

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
  // A list alone is the operations of a plan: their paths begin with a field that the text does not have.
  const inText = (at: PlanPath): PlanPath => (isSeq(contents) && at[0] === 'operations' ? at.slice(1) : at)
  return faults.map((fault) =>
    fault.place === undefined && fault.type !== 'more-faults'
      ? { ...fault, place: placeAt(offsetOf(inText(fault.at), fault.type === 'unknown-field')) }
      : fault,
  )
}

/** A plan that cannot be read, and why; `offset` counts UTF-16 code units from the start of its text. */
export function notReadableAt(source: PlanSource, offset: number, reason: string): PlanFault {
  return { type: 'not-readable', at: [], reason, place: placesIn(source)(offset) }
}

/** Line and column of an offset; the lines are found once, since a plan may have thousands of faults. */
function placesIn({ file, text }: PlanSource): (offset: number) => FilePlace {
  const starts = [0]
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return (offset) => {
    let [low, high] = [0, starts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle
    }
    return { file, line: low + 1, column: offset - starts[low]! + 1 }
  }
}
