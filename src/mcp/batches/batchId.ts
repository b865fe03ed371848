import { randomBytes } from 'node:crypto'

/** An id that nobody can guess: whoever has it may read and cancel the batch. 128 random bits. */
export function newBatchId(): string {
  return `b-${randomBytes(16).toString('base64url')}`
}

export function isBatchId(text: string): boolean {
  return /^b-[\w-]{22}$/.test(text)
}
