const latin = new TextDecoder('latin1')

/** A character for each byte, so that bytes can be looked for as text is. */
export function bytesAsText(bytes: Uint8Array): string {
  return latin.decode(bytes)
}
