import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** What a sealed message is: one of a kind is never taken for one of another. */
export type MessageKind = 'attempt' | 'claim' | 'grant' | 'deny' | 'more' | 'cancel' | 'ask' | 'told' | 'end'

/** Seals what one run and its workers say to one another. */
export interface Seal {
  close(kind: MessageKind, attemptKey: string, text: string): string
  /** Undefined for what was not sealed with this key, as this kind, for this attempt. */
  open(kind: MessageKind, attemptKey: string, sealed: string): string | undefined
}

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/**
 * AES-256-GCM with the kind and the key of the attempt as associated data. Each performer has a key of its own, derived from the common
 * one (HKDF, RFC 5869): random nonces of 96 bits are safe for 2^32 messages of one key (NIST SP 800-38D, 8.3), which all runs together may pass.
 */
export function sealFor(key: Uint8Array, performer: string): Seal {
  const own = new Uint8Array(hkdfSync('sha256', key, performer, 'millrace queue 1', 32))
  return {
    close(kind, attemptKey, text) {
      const nonce = nextNonce()
      const sealing = createCipheriv(cipher, own, nonce).setAAD(associated(kind, attemptKey))
      const sealed = Buffer.concat([nonce, sealing.update(text, 'utf8'), sealing.final()])
      return Buffer.concat([sealed, sealing.getAuthTag()]).toString('base64')
    },
    open(kind, attemptKey, sealed) {
      const bytes = Buffer.from(sealed, 'base64')
      if (bytes.length < nonceBytes + tagBytes) return undefined
      const opening = createDecipheriv(cipher, own, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
      opening.setAAD(associated(kind, attemptKey)).setAuthTag(bytes.subarray(-tagBytes))
      try {
        return opening.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + opening.final('utf8')
      } catch {
        // The one thing that `final` throws: the tag does not fit, so it is from somebody without the key, or was changed or moved.
        return undefined
      }
    },
  }
}

let drawn = Buffer.alloc(0)

/** Random bytes are drawn for many at once: one draw costs as much as sealing does. */
function nextNonce(): Buffer {
  if (drawn.length < nonceBytes) drawn = randomBytes(nonceBytes * 256)
  const nonce = drawn.subarray(0, nonceBytes)
  drawn = drawn.subarray(nonceBytes)
  return nonce
}

function associated(kind: MessageKind, attemptKey: string): Buffer {
  return Buffer.from(`${kind}\n${attemptKey}`, 'utf8')
}
