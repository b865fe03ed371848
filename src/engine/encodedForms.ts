/** Shorter pieces of an encoding would be found in innocent text. */
const shortestPiece = 6

/**
 * A secret as it may appear in text: plain, as in JSON and in JSON within JSON, in a URL, in hex, and in base64, where it may begin at any of three places
 * within a group of four characters and only the characters that depend on it alone are looked for.
 */
export function encodedForms(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret)
  const wellFormed = new TextDecoder().decode(bytes) // Half a surrogate pair would make encodeURIComponent throw.
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const inJson = JSON.stringify(secret).slice(1, -1)
  const pieces = [0, 1, 2].map((offset) => base64Piece(bytes, offset)).filter((piece) => piece.length >= shortestPiece)
  const urlSafe = pieces.map((piece) => piece.replaceAll('+', '-').replaceAll('/', '_'))
  const forms = [
    secret,
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    encodeURIComponent(wellFormed),
    hex,
    hex.toUpperCase(),
    ...pieces,
    ...urlSafe,
  ]
  return [...new Set(forms)].sort((a, b) => b.length - a.length)
}

function base64Piece(bytes: Uint8Array, offset: number): string {
  const shifted = String.fromCharCode(...new Uint8Array(offset), ...bytes)
  const first = Math.ceil((offset * 8) / 6)
  const last = Math.floor((shifted.length * 8) / 6)
  return btoa(shifted).slice(first, last)
}
