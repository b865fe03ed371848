import type { QueueMessage } from '../wire/inbox.js'

/** How the last attempts of a worker ended: told again when the run asks, since Redis may lose what it held. */
export interface KeptEnds {
  keep(claim: string, inbox: string, message: QueueMessage): void
  find(claim: string): { readonly inbox: string; readonly message: QueueMessage } | undefined
}

/** Most characters of all that is kept. */
const mostKept = 16_777_216

export function keptEnds(): KeptEnds {
  const kept = new Map<string, { readonly inbox: string; readonly message: QueueMessage }>()
  let size = 0
  return {
    keep(claim, inbox, message) {
      kept.set(claim, { inbox, message })
      size += message.sealed.length
      for (const [oldest, { message: old }] of kept) {
        if (size <= mostKept) return
        kept.delete(oldest)
        size -= old.sealed.length
      }
    },
    find: (claim) => kept.get(claim),
  }
}
