import type { RunPicture } from '../picture/picture.js'

/** Slots held and operations ready, in equal parts of a stretch of the run. */
export interface Load {
  /** Ms after the start of the run. */
  readonly from: number
  readonly to: number
  /** Mean of each part. */
  readonly running: Float64Array
  readonly ready: Float64Array
  /** The most at any moment of each part. */
  readonly mostReady: Float64Array
}

/** Moments at which something began, and those at which something ended, each in order. */
export interface Changes {
  readonly starts: Float64Array
  readonly ends: Float64Array
  readonly readyFrom: Float64Array
  readonly readyTo: Float64Array
}

export function changesOf({ operations, lastAt }: RunPicture): Changes {
  const starts: number[] = []
  const ends: number[] = []
  const readyFrom: number[] = []
  const readyTo: number[] = []
  for (const { readyAt, endedAt, attempts, detached } of operations) {
    if (readyAt !== undefined) {
      readyFrom.push(readyAt)
      readyTo.push(attempts[0]?.startedAt ?? endedAt ?? lastAt)
    }
    for (const [index, attempt] of attempts.entries()) {
      const stillAtWork = detached && index === attempts.length - 1
      for (const _ of attempt.lanes) {
        starts.push(attempt.startedAt)
        ends.push(stillAtWork ? lastAt : (attempt.endedAt ?? lastAt))
      }
    }
  }
  return { starts: sorted(starts), ends: sorted(ends), readyFrom: sorted(readyFrom), readyTo: sorted(readyTo) }
}

function sorted(times: readonly number[]): Float64Array {
  return Float64Array.from(times).sort()
}

export function loadOverTime({ starts, ends, readyFrom, readyTo }: Changes, from: number, to: number, parts: number): Load {
  const running = meanOf(starts, ends, from, to, parts)
  const ready = meanOf(readyFrom, readyTo, from, to, parts)
  return { from, to, running: running.mean, ready: ready.mean, mostReady: ready.most }
}

/** How many stretches are open in each part, each of them from one of `begins` to one of `ends`. */
function meanOf(
  begins: Float64Array,
  ends: Float64Array,
  from: number,
  to: number,
  parts: number,
): { readonly mean: Float64Array; readonly most: Float64Array } {
  const mean = new Float64Array(parts)
  const most = new Float64Array(parts)
  const width = (to - from) / parts
  let open = 0
  let begin = 0
  let end = 0
  for (; begin < begins.length && begins[begin]! <= from; begin++) open++
  for (; end < ends.length && ends[end]! <= from; end++) open--
  for (let part = 0; part < parts; part++) {
    const until = from + (part + 1) * width
    let at = from + part * width
    let sum = 0
    most[part] = open
    for (;;) {
      const nextBegin = begins[begin] ?? Infinity
      const nextEnd = ends[end] ?? Infinity
      const next = Math.min(nextBegin, nextEnd)
      if (next >= until) break
      sum += open * (next - at)
      at = next
      // What ends at this moment makes room for what begins.
      if (nextEnd <= nextBegin) {
        open--
        end++
      } else {
        open++
        begin++
        most[part] = Math.max(most[part]!, open)
      }
    }
    mean[part] = width > 0 ? (sum + open * (until - at)) / width : open
  }
  return { mean, most }
}
