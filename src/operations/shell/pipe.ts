import type { Readable } from 'node:stream'

/** Takes what a program writes. While a promise it gave is pending, the pipe is not read; when that rejects, nothing more is. */
export type TakeChunk = (chunk: Buffer) => Promise<void> | undefined

/** A pipe that is read to its end. */
export interface Pipe {
  readonly closed: Promise<void>
  /** Reads what is left without waiting for anyone: once its writers have ended, that is no more than a pipe holds. */
  readonly readOn: () => void
  readonly close: () => void
}

/** Reads a pipe as fast as its chunks are taken. */
export function readPipe(stream: Readable, take: TakeChunk, onFailure: (thrown: unknown) => void): Pipe {
  let heeding = true
  stream.on('data', (chunk: Buffer) => {
    const taken = take(chunk)
    if (taken === undefined) return
    if (heeding) stream.pause()
    taken.then(
      () => stream.resume(),
      (thrown: unknown) => {
        onFailure(thrown)
        stream.destroy()
      },
    )
  })
  return {
    closed: new Promise((resolve) => stream.once('close', resolve)),
    readOn: () => {
      heeding = false
      stream.resume()
    },
    close: () => stream.destroy(),
  }
}
