import type { Post, QueueMessage } from '../wire/inbox.js'

/** How attempts ended, as their runs are told: at once, again when Redis did not take it, and again when the run asks, since Redis may lose what it held. */
export interface ToldEnds {
  tell(claim: string, inbox: string, message: QueueMessage): void
  find(claim: string): { readonly inbox: string; readonly message: QueueMessage } | undefined
  /** Resolves when Redis has taken all that was told. */
  taken(): Promise<void>
}

export interface ToldEndsParts {
  readonly post: Post
  readonly failed: (error: unknown) => void
  /** Whether there is a Redis to speak to, or may be one again. */
  readonly isOpen: () => boolean
  readonly againMs: number
}

/** Most characters of all that is kept. */
const mostKept = 16_777_216

export function toldEnds({ post, failed, isOpen, againMs }: ToldEndsParts): ToldEnds {
  const kept = new Map<string, { readonly inbox: string; readonly message: QueueMessage }>()
  const telling = new Set<Promise<void>>()
  let size = 0

  const keep = (claim: string, inbox: string, message: QueueMessage): void => {
    kept.set(claim, { inbox, message })
    size += message.sealed.length
    for (const [oldest, { message: old }] of kept) {
      if (size <= mostKept) return
      kept.delete(oldest)
      size -= old.sealed.length
    }
  }

  const send = async (inbox: string, message: QueueMessage): Promise<void> => {
    while (isOpen())
      try {
        await post.send(inbox, message)
        return
      } catch (error) {
        // A Redis that is full refuses it: the run waits for it all the same.
        failed(error)
        await new Promise((resolve) => setTimeout(resolve, againMs))
      }
  }

  return {
    tell(claim, inbox, message) {
      keep(claim, inbox, message)
      const told = send(inbox, message)
      telling.add(told)
      void told.then(() => telling.delete(told))
    },
    find: (claim) => kept.get(claim),
    async taken() {
      await Promise.all(telling)
    },
  }
}
