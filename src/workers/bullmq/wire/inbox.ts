import type { Redis } from 'ioredis'
import type { MessageKind } from './seal.js'
import type { HeldWrites } from './heldWrites.js'

/** A message for a performer or a worker: of which attempt, and what is sealed. */
export interface QueueMessage {
  readonly kind: MessageKind
  readonly attemptKey: string
  readonly sealed: string
}

/** Where one performer or worker is written to: a stream, which loses nothing when a connection breaks. */
export interface Inbox {
  /** Says that its owner is there for so long. Answers false when it was gone: what was written to it is lost. */
  keep(ms: number): Promise<boolean>
  /** Resolves when everything that was in it before has been heard. */
  drained(): Promise<void>
  close(): Promise<void>
}

const kinds: ReadonlySet<string> = new Set([
  'attempt',
  'claim',
  'grant',
  'deny',
  'more',
  'cancel',
  'ask',
  'told',
  'end',
] satisfies MessageKind[])

/** Most entries read at once. */
const mostEntries = 256
/** How long one read waits, in ms: a connection that broke unnoticed is noticed by then. */
const blockMs = 5_000
const barrier = 'barrier'

/**
 * Reads the stream of `name`, each entry once, as long as it is open. `commands` writes to it, `reading` is a connection of its own: it is
 * blocked nearly always.
 */
export async function openInbox(
  name: string,
  { commands, reading, hear }: { readonly commands: Redis; readonly reading: Redis; readonly hear: (message: QueueMessage) => void },
  aliveMs: number,
): Promise<Inbox> {
  let last = '0-0'
  let closed = false
  const barriers = new Map<string, () => void>()

  const make = async (): Promise<void> => {
    await commands.xadd(name, '*', barrier, '')
    await commands.pexpire(name, aliveMs)
  }

  const hearEntry = (fields: readonly string[]): void => {
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const [field, value] = [fields[at]!, fields[at + 1]!]
      const space = field.indexOf(' ')
      const kind = field.slice(0, space)
      if (kinds.has(kind)) hear({ kind: kind as MessageKind, attemptKey: field.slice(space + 1), sealed: value })
      else if (field === barrier) barriers.get(value)?.()
    }
  }

  const loop = async (): Promise<void> => {
    while (!closed) {
      const found = await reading.xread('COUNT', mostEntries, 'BLOCK', blockMs, 'STREAMS', name, last).catch(() => null) // It is asked again.
      if (closed) return
      if (found === null) continue
      const entries = found[0]![1]
      for (const [, fields] of entries) hearEntry(fields)
      last = entries.at(-1)![0]
    }
  }

  await make()
  const reads = loop()
  let barrierCount = 0
  return {
    async keep(ms) {
      // What was heard is not needed any more; its last entry keeps the stream.
      await commands.xtrim(name, 'MINID', last)
      if ((await commands.pexpire(name, ms)) === 1) return true
      // Of a stream that is made anew the numbers may begin anew too, when the clock of Redis went back.
      last = '0-0'
      await make()
      return false
    },
    drained: () =>
      new Promise((resolve, reject) => {
        const id = String(++barrierCount)
        barriers.set(id, () => {
          barriers.delete(id)
          resolve()
        })
        commands.xadd(name, '*', barrier, id).catch(reject)
      }),
    async close() {
      closed = true
      reading.disconnect()
      await reads
      await commands.del(name).catch(() => undefined) // It ends by itself.
    },
  }
}

/** Writes to inboxes, what is said in one turn of the event loop to one of them as one entry. */
export interface Post {
  /** Resolves to false when nobody has that inbox any more. */
  send(inbox: string, message: QueueMessage): Promise<boolean>
}

export function postOver(commands: Redis, writes: HeldWrites): Post {
  const waiting = new Map<string, { readonly fields: string[]; readonly sent: Promise<boolean> }>()
  return {
    send(inbox, { kind, attemptKey, sealed }) {
      const said = [`${kind} ${attemptKey}`, sealed]
      const before = waiting.get(inbox)
      if (before !== undefined) {
        before.fields.push(...said)
        return before.sent
      }
      const fields = [...said]
      const sent = new Promise<boolean>((resolve, reject) => {
        writes.atEnd(() => {
          waiting.delete(inbox)
          commands.xadd(inbox, 'NOMKSTREAM', '*', ...fields).then((id) => resolve(id !== null), reject)
        })
      })
      waiting.set(inbox, { fields, sent })
      return sent
    },
  }
}
