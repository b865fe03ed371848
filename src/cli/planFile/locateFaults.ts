import type { FilePlace, PlanFault, PlanPath } from '../../model/fault/fault.js'
import { planLimits } from '../../model/limits.js'
import { jsonOffsets } from './jsonOffsets.js'
import type { PlanSource } from './planSource.js'

/** The same faults with the line and column each is found at. Reads the text once more: only done when there is a fault. */
export async function locateFaults(faults: readonly PlanFault[], source: PlanSource): Promise<readonly PlanFault[]> {
  if (faults.every(isPlaced)) return faults
  const { text, isJson = false } = source
  // YAML of this length is refused unread; what is longer is JSON, or came from elsewhere.
  if (!isJson && text.length > planLimits.yamlBytes) return faults
  const placeAt = placesIn(source)
  const paths = faults.filter((fault) => !isPlaced(fault)).map(({ at }) => at)
  const isList = /^\s*(?:\[|-\s)/.test(text)
  // A list alone is the operations of a plan: their paths begin with a field that the text does not have.
  const inText = (at: PlanPath): PlanPath => (isList && at[0] === 'operations' ? at.slice(1) : at)
  const offsetOf = isJson ? jsonOffsets(text, paths.map(inText)) : await yamlOffsets(text)
  return faults.map((fault) =>
    isPlaced(fault) ? fault : { ...fault, place: placeAt(offsetOf(inText(fault.at), fault.type === 'unknown-field')) },
  )
}

function isPlaced({ place, type }: PlanFault): boolean {
  return place !== undefined || type === 'more-faults'
}

/** Where the value at a path begins, or its key; of a value that is not there, the nearest one around it. */
async function yamlOffsets(text: string): Promise<(path: PlanPath, ofKey: boolean) => number> {
  const { isMap, isNode, isPair, isScalar, isSeq, parseDocument } = await import('yaml')
  const { contents } = parseDocument(text, { logLevel: 'silent', uniqueKeys: false })
  const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined)
  return (path, ofKey) => {
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
}

/** Line and column of an offset, which counts UTF-16 code units. */
export function filePlaceAt(source: PlanSource, offset: number): FilePlace {
  return placesIn(source)(offset)
}

/** A plan that cannot be read, and why; `offset` counts UTF-16 code units from the start of its text. */
export function notReadableAt(source: PlanSource, offset: number, reason: string): PlanFault {
  return { type: 'not-readable', at: [], reason, place: filePlaceAt(source, offset) }
}

/** The same for several reasons: its lines are found once. */
export function notReadableAtEach(
  source: PlanSource,
  problems: readonly { readonly offset: number; readonly reason: string }[],
): readonly PlanFault[] {
  const placeAt = placesIn(source)
  return problems.map(({ offset, reason }) => ({ type: 'not-readable', at: [], reason, place: placeAt(offset) }))
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
