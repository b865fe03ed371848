import type { AttemptContext } from '../../src/model/work.js'

/** A reader of a run that is behind until `goOn` is called. */
export interface ReaderBehind {
  readonly room: AttemptContext['room']
  readonly goOn: () => void
}

export function readerBehind(): ReaderBehind {
  let goOn: () => void = () => undefined
  let behind: Promise<void> | undefined = new Promise((resolve) => (goOn = resolve))
  return {
    room: () => behind,
    goOn() {
      behind = undefined
      goOn()
    },
  }
}

/** Waits until a number that grows has begun to and stands still, by several looks, and gives it. */
export async function untilStill(read: () => number): Promise<number> {
  let [last, looks] = [0, 0]
  while (looks < 8) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    const now = read()
    looks = now === last && now > 0 ? looks + 1 : 0
    last = now
  }
  return last
}
