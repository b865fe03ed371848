/** What is wrong with the bytes of a log. */
export type DamageReason =
  /** The bytes are not those that were written. */
  | 'checksum'
  /** They are, but they are not an event of this library. */
  | 'not-an-event'
  /** An event is missing, or there twice, or belongs to another run. */
  | 'order'

/** The first place where a log is not as it was written. */
export interface LogDamage {
  readonly reason: DamageReason
  /** Where the line begins, in bytes from the start of the file. */
  readonly offset: number
  /** Counted from 1. */
  readonly line: number
}

/**
 * A log whose bytes are not those that were written. Everything before the `damage` was read and is intact.
 *
 * @example
 * ```ts
 * import { LogDamageError } from 'millrace/node'
 * new LogDamageError({ reason: 'checksum', offset: 0, line: 1 }, 'events.log').message
 * // => 'events.log: line 1, at byte 0, is damaged: its checksum does not match.\nNo event can be used.'
 * ```
 * @since 0.1.0
 */
export class LogDamageError extends Error {
  override readonly name = 'LogDamageError'
  readonly damage: LogDamage

  constructor(damage: LogDamage, file: string) {
    super(describeDamage(damage, file))
    this.damage = damage
  }
}

/** The damage in words: what, where, and what is still good. */
export function describeDamage({ reason, offset, line }: LogDamage, file: string): string {
  const before = line - 1
  const good =
    before === 0
      ? 'No event can be used.'
      : `The ${before === 1 ? 'event before it is' : `${before} events before it are`} intact; nothing after it was read.`
  return `${file}: line ${line}, at byte ${offset}, ${words(reason)}.\n${good}`
}

function words(reason: DamageReason): string {
  switch (reason) {
    case 'checksum':
      return 'is damaged: its checksum does not match'
    case 'not-an-event':
      return 'is not an event that this version knows'
    case 'order':
      return 'is not the next event in sequence'
  }
}
