import type { Redis } from 'ioredis'

/** Lets a connection write what is said in one turn of the event loop in one go. */
export interface HeldWrites {
  /** From now on until the turn ends. */
  hold(): void
  /** The same, and says this just before the end. */
  atEnd(say: () => void): void
}

/**
 * A write to the system costs more than most commands do. The commands stay what they are, unlike in a pipeline, which fails as a whole when
 * its connection breaks halfway.
 */
export function heldWrites(connection: Redis): HeldWrites {
  let held: (() => void)[] | undefined

  const hold = (): (() => void)[] => {
    if (held !== undefined) return held
    const says: (() => void)[] = []
    held = says
    const { status, stream } = connection
    const isCorked = status === 'ready'
    if (isCorked) stream.cork()
    setImmediate(() => {
      held = undefined
      for (const say of says) say()
      if (isCorked) stream.uncork()
    })
    return says
  }

  return { hold: () => void hold(), atEnd: (say) => void hold().push(say) }
}
