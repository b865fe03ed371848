/** Where a command's result goes. */
export interface Output {
  /** Takes text; the promise, when there is one, is done once more may be written. */
  write(text: string): Promise<void> | undefined
  /** Writes out what is held back. */
  flush(): Promise<void> | undefined
  /** What made further writing useless: a reader that went away, a full disk. */
  lost(): NodeJS.ErrnoException | undefined
}

const heldBack = 64 * 1024

/** Text for a stream in large pieces, no faster than it is read. Once the stream is lost, further text goes nowhere. */
export function output(stream: NodeJS.WriteStream, onLost: (error: NodeJS.ErrnoException) => void): Output {
  let held = ''
  let lost: NodeJS.ErrnoException | undefined
  let scheduled = false

  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (lost !== undefined) return
    lost = error
    onLost(error)
  })
  const flush = (): Promise<void> | undefined => {
    const text = held
    held = ''
    if (text === '' || lost !== undefined || stream.write(text)) return undefined
    return new Promise((resolve) => {
      const done = (): void => {
        stream.off('drain', done).off('close', done)
        resolve()
      }
      stream.on('drain', done).on('close', done)
    })
  }
  return {
    write(text) {
      held += text
      if (held.length >= heldBack) return flush()
      if (!scheduled) {
        scheduled = true
        // Everything told in this turn of the event loop goes out in one piece.
        setImmediate(() => {
          scheduled = false
          void flush()
        })
      }
      return undefined
    },
    flush,
    lost: () => lost,
  }
}
