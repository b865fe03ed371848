// mcp/size: how large a text is for its reader, in tokens and characters, and what of it fits.
import { estimateTokens } from './estimateTokens.js'

/** How large a text is, or may be. */
export interface TextSize {
  readonly tokens: number
  readonly characters: number
}

export const noSize: TextSize = { tokens: 0, characters: 0 }

/** The size of lines in an answer, the break after them included. */
export function sizeOf(lines: string): TextSize {
  return { tokens: estimateTokens(lines) + 1, characters: lines.length + 1 }
}

export function sumOf(sizes: Iterable<TextSize>): TextSize {
  let [tokens, characters] = [0, 0]
  for (const size of sizes) [tokens, characters] = [tokens + size.tokens, characters + size.characters]
  return { tokens, characters }
}

export function fitsIn(size: TextSize, room: TextSize): boolean {
  return size.tokens <= room.tokens && size.characters <= room.characters
}

/** The part of a budget that a size takes: of its tokens or its characters, whichever is more. Parts that sum to 1 fit together. */
export function partOf(budget: TextSize, { tokens, characters }: TextSize): number {
  return Math.max(tokens / budget.tokens, characters / budget.characters)
}
