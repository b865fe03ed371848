const latin = new TextDecoder('latin1')

/** A character for each byte, so that bytes can be looked for as text is. */
export function bytesAsText(bytes: ArrayBufferView | ArrayBufferLike): string {
  return latin.decode(bytes as ArrayBuffer) // A SharedArrayBuffer may be decoded as well, which its types say in newer versions only.
}
