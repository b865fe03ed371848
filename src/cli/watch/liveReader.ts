import type { ServerResponse } from 'node:http'

/** Somebody who looks at a live page. */
export interface LiveReader {
  /** Sends what happened since the last time; empty for nothing. */
  readonly send: (piece: Buffer | undefined) => void
  /** Done once all that was sent has gone out. */
  readonly end: () => Promise<void>
}

/** What waits for a reader who does not read, at most: then nothing more is kept for them, and once they read they get a snapshot. */
const mostWaiting = 1024 * 1024

export function liveReader(response: ServerResponse, snapshot: () => Buffer): LiveReader {
  let behind = false
  // A reader that goes away is told by `close`.
  response.on('error', () => undefined)
  response.write(snapshot())
  response.on('drain', () => {
    if (!behind || response.writableLength > 0) return
    // Taken while it counts as behind: what is sent to the others on that occasion is in it.
    const all = snapshot()
    behind = false
    response.write(all)
  })
  return {
    send(piece) {
      if (piece === undefined || behind) return
      if (response.writableLength > mostWaiting) behind = true
      else response.write(piece)
    },
    end: () => new Promise((ended) => response.on('close', ended).end(ended)),
  }
}
