import { bytesAsText } from './bytesAsText.js'
import { escapedForms } from './escapedForms.js'

/** Shorter pieces of an encoding would be found in innocent text. */
const shortestPiece = 6

/** A function takes no more than some ten thousand arguments. */
const mostArguments = 8_192

const utf8 = new TextEncoder()
const beyondAscii = /[^\0-\x7f]/
const hexOf: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * A text as it may appear in another: plain, escaped in the ways of JSON, URLs, HTML and shells, in hex, and in base64, where it may
 * begin at any of three places within a group of four characters and only the characters that depend on it alone are looked for; in
 * hex and base64 also its UTF-16. Beyond ASCII also as bytes taken for characters, which is how bytes are searched.
 */
export function encodedForms(secret: string): ReadonlySet<string> {
  const bytes = utf8.encode(secret)
  const forms = new Set(escapedForms(secret))
  const wide = utf16(secret)
  if (bytes.length > secret.length) {
    for (const form of [...forms]) if (beyondAscii.test(form)) forms.add(bytesAsText(utf8.encode(form)))
    forms.add(bytesAsText(wide)).add(bytesAsText(swapped(wide)))
  }
  for (const encoding of [bytes, wide]) {
    const hex = hexText(encoding)
    forms.add(hex).add(hex.toUpperCase())
    addBase64(binaryOf(encoding), forms)
  }
  return forms
}

function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    bytes[2 * at] = code & 0xff
    bytes[2 * at + 1] = code >> 8
  }
  return bytes
}

function swapped(bytes: Uint8Array): Uint8Array {
  return bytes.map((_, at) => bytes[at ^ 1]!)
}

function hexText(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += hexOf[byte]
  return hex
}

function binaryOf(bytes: Uint8Array): string {
  let binary = ''
  for (let from = 0; from < bytes.length; from += mostArguments)
    binary += String.fromCharCode(...bytes.subarray(from, from + mostArguments))
  return binary
}

/** With the letters of URLs too, and as URLs and some JSON escape those of the plain kind. */
function addBase64(binary: string, forms: Set<string>): void {
  for (let offset = 0; offset < 3; offset++) {
    const piece = base64Piece(binary, offset)
    if (piece.length < shortestPiece) continue
    forms.add(piece)
    if (!/[+/]/.test(piece)) continue
    const inUrl = piece.replaceAll('+', '%2B').replaceAll('/', '%2F')
    forms.add(piece.replaceAll('+', '-').replaceAll('/', '_')).add(piece.replaceAll('/', '\\/'))
    forms.add(inUrl).add(inUrl.replaceAll('%2B', '%2b').replaceAll('%2F', '%2f'))
  }
}

function base64Piece(binary: string, offset: number): string {
  const first = Math.ceil((offset * 8) / 6)
  const last = Math.floor(((offset + binary.length) * 8) / 6)
  return btoa('\0'.repeat(offset) + binary).slice(first, last)
}
