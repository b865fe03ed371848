import { count } from '../text/count.js'

/** Most characters that are kept of the beginning and of the end. */
export interface TranscriptLimits {
  readonly head: number
  readonly tail: number
}

/** What one operation gave out on both streams, line by line as it came; of much, its beginning and its end. */
export interface Transcript {
  add(line: string): void
  readonly empty: boolean
  /** Its lines, with one that says how many were left out. */
  lines(): readonly string[]
}

export function transcript({ head, tail }: TranscriptLimits): Transcript {
  const first: string[] = []
  let last: string[] = []
  let [firstSize, lastSize, dropped, from] = [0, 0, 0, 0]
  return {
    add(line) {
      const size = line.length + 1
      if (last.length === 0 && dropped === 0 && firstSize + size <= head) {
        first.push(line)
        firstSize += size
        return
      }
      last.push(line)
      lastSize += size
      while (lastSize > tail && from < last.length - 1) {
        lastSize -= last[from]!.length + 1
        from += 1
        dropped += 1
      }
      // What was dropped is let go of now and then: a shift for each line would move all the others.
      if (from > 1_024 && from * 2 > last.length) {
        last = last.slice(from)
        from = 0
      }
    },
    get empty() {
      return first.length === 0 && last.length === 0
    },
    lines: () => [...first, ...(dropped > 0 ? [`… ${count(dropped, 'line')} left out …`] : []), ...last.slice(from)],
  }
}
