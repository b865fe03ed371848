import { bytesAsText } from './bytesAsText.js'

/** Shorter pieces of an encoding would be found in innocent text. */
const shortestPiece = 6

/** A function takes no more than some ten thousand arguments. */
const mostArguments = 8_192

const utf8 = new TextEncoder()
const wellFormed = new TextDecoder()
const hexOf: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * A secret as it may appear in text: plain, as in JSON and in JSON within JSON, in a URL, in hex, and in base64, where it may begin at any of three places
 * within a group of four characters and only the characters that depend on it alone are looked for. Beyond ASCII also as bytes taken
 * for characters, which is how bytes are searched.
 */
export function encodedForms(secret: string): ReadonlySet<string> {
  const bytes = utf8.encode(secret)
  const inJson = JSON.stringify(secret).slice(1, -1)
  const plain = [secret, inJson, JSON.stringify(inJson).slice(1, -1)]
  const forms = new Set(plain)
  if (bytes.length > secret.length) for (const form of plain) forms.add(bytesAsText(utf8.encode(form)))
  // Half a surrogate pair would make encodeURIComponent throw.
  forms.add(encodeURIComponent(wellFormed.decode(bytes)))
  let hex = ''
  for (const byte of bytes) hex += hexOf[byte]
  forms.add(hex).add(hex.toUpperCase())
  const binary = binaryOf(bytes)
  for (let offset = 0; offset < 3; offset++) {
    const piece = base64Piece(binary, offset)
    if (piece.length >= shortestPiece) forms.add(piece).add(piece.replaceAll('+', '-').replaceAll('/', '_'))
  }
  return forms
}

function binaryOf(bytes: Uint8Array): string {
  let binary = ''
  for (let from = 0; from < bytes.length; from += mostArguments)
    binary += String.fromCharCode(...bytes.subarray(from, from + mostArguments))
  return binary
}

function base64Piece(binary: string, offset: number): string {
  const first = Math.ceil((offset * 8) / 6)
  const last = Math.floor(((offset + binary.length) * 8) / 6)
  return btoa('\0'.repeat(offset) + binary).slice(first, last)
}
