import { bytesAsText } from './bytesAsText.js'

/** Shorter pieces of an encoding would be found in innocent text. */
const shortestPiece = 6

const mostArguments = 8_192

/**
 * A secret as it may appear in text: plain, as in JSON and in JSON within JSON, in a URL, in hex, and in base64, where it may begin at any of three places
 * within a group of four characters and only the characters that depend on it alone are looked for. Beyond ASCII also as bytes taken
 * for characters, which is how bytes are searched.
 */
export function encodedForms(secret: string): ReadonlySet<string> {
  const bytes = new TextEncoder().encode(secret)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const inJson = JSON.stringify(secret).slice(1, -1)
  const plain = [secret, inJson, JSON.stringify(inJson).slice(1, -1)]
  const forms = new Set([...plain, hex, hex.toUpperCase()])
  if (bytes.length > secret.length) for (const form of plain) forms.add(bytesAsText(new TextEncoder().encode(form)))
  // Half a surrogate pair would make encodeURIComponent throw.
  forms.add(encodeURIComponent(new TextDecoder().decode(bytes)))
  for (const offset of [0, 1, 2]) {
    const piece = base64Piece(bytes, offset)
    if (piece.length < shortestPiece) continue
    forms.add(piece)
    forms.add(piece.replaceAll('+', '-').replaceAll('/', '_'))
  }
  return forms
}

function base64Piece(bytes: Uint8Array, offset: number): string {
  const characters = ['\0'.repeat(offset)]
  for (let from = 0; from < bytes.length; from += mostArguments)
    characters.push(String.fromCharCode(...bytes.subarray(from, from + mostArguments)))
  const shifted = characters.join('')
  const first = Math.ceil((offset * 8) / 6)
  const last = Math.floor((shifted.length * 8) / 6)
  return btoa(shifted).slice(first, last)
}
