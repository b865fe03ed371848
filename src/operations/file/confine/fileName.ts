import { isUtf8 } from 'node:buffer'

/**
 * Names of files are bytes. Inside they are texts that stand for exactly these bytes: each byte that is no part of UTF-8 becomes a lone
 * surrogate, U+DC00 and the byte, which no UTF-8 holds (as in Python's PEP 383). So names can be compared, sorted and joined as texts.
 */
export function nameOfBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (isUtf8(buffer)) return buffer.toString('utf8')
  let name = ''
  for (let at = 0; at < buffer.length;) {
    const length = [1, 2, 3, 4].find((n) => at + n <= buffer.length && isUtf8(buffer.subarray(at, at + n)))
    name += length === undefined ? String.fromCharCode(0xdc00 + buffer[at]!) : buffer.toString('utf8', at, at + length)
    at += length ?? 1
  }
  return name
}

const lone = /\p{Surrogate}/u
const allLone = /\p{Surrogate}/gu

/** The name as system calls take it. */
export function systemName(name: string): string | Buffer {
  return lone.test(name) ? bytesOfName(name) : name
}

/** The bytes a name stands for. */
export function bytesOfName(name: string): Buffer {
  if (!lone.test(name)) return Buffer.from(name)
  return Buffer.concat(
    Array.from(name, (character) => {
      const code = character.charCodeAt(0)
      return character.length === 1 && code >= 0xdc80 && code <= 0xdcff ? Buffer.of(code - 0xdc00) : Buffer.from(character)
    }),
  )
}

/** Whether a name is text, so that a plan can hold it. */
export function isTextName(name: string): boolean {
  return !lone.test(name)
}

/** A name or path to look at: what is no text in it shows as U+FFFD. */
export function textOfName(name: string): string {
  return lone.test(name) ? name.replaceAll(allLone, '\ufffd') : name
}

/** A name as no disk tells it from another one: what differs here is different everywhere, on disks that fold case too. */
export function foldedName(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase()
}
