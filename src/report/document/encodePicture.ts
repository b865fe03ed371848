// report/document: the picture of a run as columns of numbers and texts, small enough to stand in a page, and back.
import type { PicturedOperation, RunPicture, Wiring } from '../picture/picture.js'
import { states, ticks, type PictureDocument, type RareFields } from './pictureDocument.js'

export function encodePicture(picture: RunPicture): PictureDocument {
  const { operations, wiring, ...run } = picture
  const types = [...new Set(operations.map(({ type }) => type))]
  const placeOfType = new Map(types.map((type, index) => [type, index]))
  const columns = {
    ids: operations.map(({ id }) => id),
    types: operations.map(({ type }) => placeOfType.get(type)!),
    states: operations.map(({ state }) => states.indexOf(state)),
    ready: [] as (number | null)[],
    attempts: [] as number[],
    times: [] as number[],
    lanes: [] as (number | readonly number[])[],
  }
  const rare: [number, RareFields][] = []
  let before = 0
  for (const [index, operation] of operations.entries()) {
    const { readyAt, attempts } = operation
    // Neighbours in a plan are ready at about the same time: the difference is a small number.
    columns.ready.push(readyAt === undefined ? null : ticks(readyAt) - before)
    if (readyAt !== undefined) before = ticks(readyAt)
    columns.attempts.push(attempts.length)
    let from = before
    for (const { startedAt, endedAt, lanes } of attempts) {
      columns.times.push(ticks(startedAt) - from, endedAt === undefined ? -1 : Math.max(0, ticks(endedAt) - ticks(startedAt)))
      columns.lanes.push(lanes.length === 1 ? lanes[0]! : lanes)
      from = ticks(endedAt ?? startedAt)
    }
    const fields = rareFields(operation, from)
    if (Object.keys(fields).length > 0) rare.push([index, fields])
  }
  return { v: 1, run, typeNames: types, ...columns, rare, ...(wiring && { wiring: encodeWiring(wiring) }) }
}

/** What most operations do not have. */
function rareFields(operation: PicturedOperation, lastEnd: number): RareFields {
  const { title, parent, weight, error, note, because, whole, blocked, output, usage, detached, attempts, endedAt } = operation
  const messages = attempts.map(({ message }) => message ?? '')
  const end = endedAt === undefined ? undefined : ticks(endedAt)
  return {
    ...(title !== undefined && { title }),
    ...(parent !== undefined && { parent }),
    ...(weight !== 1 && { weight }),
    ...(error && { error }),
    ...(note !== undefined && { note }),
    ...(because.length > 0 && { because }),
    ...(whole && { whole: 1 }),
    ...(blocked > 0 && { blocked }),
    ...(output && { output }),
    ...(usage && { usage }),
    ...(detached && { detached: 1 }),
    ...(attempts.some(({ placed }) => placed !== undefined) && { placed: attempts.map(({ placed }) => placed ?? null) }),
    ...(messages.some((message) => message !== '') && { messages }),
    ...(end !== undefined && (attempts.length === 0 || end !== lastEnd) && { end }),
  }
}

function encodeWiring({ planned, nodes, offsets, targets }: Wiring): NonNullable<PictureDocument['wiring']> {
  const counts: number[] = []
  const distances: number[] = []
  for (let node = 0; node < nodes; node++) {
    counts.push(offsets[node + 1]! - offsets[node]!)
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) distances.push(targets[edge]! - node)
  }
  return { planned, counts, distances }
}
