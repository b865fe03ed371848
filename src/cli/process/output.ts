// cli/process: what a command has to do with its own process: its streams, its signals, its exit code.
import { inPieces, type Pieces } from '../../terminal/text/inPieces.js'

/** Where a command's result goes: of what it writes, the promise is done once more may be written. */
export interface Output extends Pieces<Promise<void> | undefined> {
  /** What made further writing useless: a reader that went away, a full disk. */
  lost(): NodeJS.ErrnoException | undefined
  /** Nothing more is written. The stream itself stays open. */
  close(): void
}

/** Text for a stream in large pieces, no faster than it is read. Once the stream is lost, further text goes nowhere. */
export function output(stream: NodeJS.WriteStream, onLost: (error: NodeJS.ErrnoException) => void): Output {
  let lost: NodeJS.ErrnoException | undefined
  const hear = (error: NodeJS.ErrnoException): void => {
    if (lost !== undefined) return
    lost = error
    onLost(error)
  }
  survive(stream)
  stream.on('error', hear)
  const pieces = inPieces((text): Promise<void> | undefined => {
    if (lost !== undefined || stream.write(text)) return undefined
    return new Promise((resolve) => {
      const done = (): void => {
        stream.off('drain', done).off('close', done)
        resolve()
      }
      stream.on('drain', done).on('close', done)
    })
  })
  return { ...pieces, lost: () => lost, close: () => void stream.off('error', hear) }
}

const survived = (): void => undefined

/** Without a listener, the error of a stream whose reader went away would end the process. There is one, however often this is asked. */
export function survive(stream: NodeJS.WriteStream): void {
  if (!stream.listeners('error').includes(survived)) stream.on('error', survived)
}
