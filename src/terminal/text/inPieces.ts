/** Text on its way out in large pieces. */
export interface Pieces<A> {
  /** Takes text; answers what writing it out came to, when that was done at once. */
  readonly write: (text: string) => A | undefined
  /** Writes out what is held back. */
  readonly flush: () => A | undefined
}

const heldBack = 64 * 1024

/** Everything told in one turn of the event loop goes out in one piece, unless that grows large: a write costs more than its text. */
export function inPieces<A>(writeOut: (text: string) => A): Pieces<A> {
  let held = ''
  let scheduled = false
  const flush = (): A | undefined => {
    if (held === '') return undefined
    const text = held
    held = ''
    return writeOut(text)
  }
  return {
    write(text) {
      held += text
      if (held.length >= heldBack) return flush()
      if (!scheduled) {
        scheduled = true
        setImmediate(() => {
          scheduled = false
          flush()
        })
      }
      return undefined
    },
    flush,
  }
}
