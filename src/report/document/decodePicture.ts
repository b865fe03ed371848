import type { PicturedAttempt, PicturedOperation, RunPicture, Wiring } from '../picture/picture.js'
import { msOf, states, type PictureDocument } from './pictureDocument.js'

export function decodePicture(document: PictureDocument): RunPicture {
  const { run, ids, typeNames, types, states: stateNumbers, ready, attempts, times, lanes, rare, wiring } = document
  let before = 0
  let at = 0
  const operations = ids.map((id, index): PicturedOperation => {
    const step = ready[index]!
    if (step !== null) before += step
    const tries: PicturedAttempt[] = []
    let from = before
    for (let left = attempts[index]!; left > 0; left--, at++) {
      const startedAt = from + times[2 * at]!
      const took = times[2 * at + 1]!
      const held = lanes[at]!
      from = startedAt + Math.max(0, took)
      tries.push({
        startedAt: msOf(startedAt),
        endedAt: took < 0 ? undefined : msOf(from),
        lanes: typeof held === 'number' ? [held] : held,
        message: undefined,
        placed: undefined,
      })
    }
    return {
      id,
      type: typeNames[types[index]!]!,
      title: undefined,
      parent: undefined,
      weight: 1,
      state: states[stateNumbers[index]!]!,
      readyAt: step === null ? undefined : msOf(before),
      endedAt: tries.at(-1)?.endedAt,
      attempts: tries,
      error: undefined,
      note: undefined,
      because: [],
      whole: false,
      blocked: 0,
      output: undefined,
      usage: undefined,
      detached: false,
    }
  })
  for (const [index, { end, messages = [], placed = [], whole, detached, ...fields }] of rare) {
    const operation = operations[index]!
    Object.assign(operation, fields, { whole: whole === 1, detached: detached === 1 })
    if (end !== undefined) operation.endedAt = msOf(end)
    for (const [attempt, worker] of placed.entries()) operation.attempts[attempt]!.placed = worker ?? undefined
    for (const [attempt, message] of messages.entries()) if (message !== '') operation.attempts[attempt]!.message = message
  }
  // Between two attempts an operation has not ended.
  for (const operation of operations) if (operation.state === 'retrying') operation.endedAt = undefined
  return { ...run, operations, wiring: wiring && decodeWiring(wiring) }
}

function decodeWiring({ planned, counts, distances }: NonNullable<PictureDocument['wiring']>): Wiring {
  const offsets = new Int32Array(counts.length + 1)
  const targets = new Int32Array(distances.length)
  for (const [node, edges] of counts.entries()) {
    offsets[node + 1] = offsets[node]! + edges
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) targets[edge] = node + distances[edge]!
  }
  return { planned, nodes: counts.length, offsets, targets }
}
