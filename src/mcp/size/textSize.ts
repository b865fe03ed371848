// mcp/size: how large a text is for its reader, in tokens and bytes, and what of it fits.
import { estimateTokens } from './estimateTokens.js'

/** How large a text is, or may be. */
export interface TextSize {
  readonly tokens: number
  /** As UTF-8: some clients count these, some characters, of which there are never more. */
  readonly bytes: number
}

export const noSize: TextSize = { tokens: 0, bytes: 0 }

/** The size of lines in an answer, the break after them included. */
export function sizeOf(lines: string): TextSize {
  return { tokens: estimateTokens(lines) + 1, bytes: Buffer.byteLength(lines) + 1 }
}

export function sumOf(sizes: Iterable<TextSize>): TextSize {
  let [tokens, bytes] = [0, 0]
  for (const size of sizes) [tokens, bytes] = [tokens + size.tokens, bytes + size.bytes]
  return { tokens, bytes }
}

export function fitsIn(size: TextSize, room: TextSize): boolean {
  return size.tokens <= room.tokens && size.bytes <= room.bytes
}

/** The part of a budget that a size takes: of its tokens or its bytes, whichever is more. Parts that sum to 1 fit together. */
export function partOf(budget: TextSize, { tokens, bytes }: TextSize): number {
  return Math.max(tokens / budget.tokens, bytes / budget.bytes)
}
