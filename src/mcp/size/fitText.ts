import { estimateTokens } from './estimateTokens.js'

/** A text, whole or cut to what fits. */
export interface Fitted {
  readonly text: string
  readonly whole: boolean
}

/** Of a run of spaces, the longest thing that is one token. */
const mostCharacters = 16

/** As much of the text as fits into so many tokens; never half a character. */
export function fitText(text: string, tokens: number): Fitted {
  // No token is estimated to hold more characters than this: what is longer need not be counted to be known as too long.
  const within = text.length <= tokens * mostCharacters && estimateTokens(text) <= tokens
  if (within) return { text, whole: true }
  let [least, most] = [0, Math.min(text.length, tokens * mostCharacters)]
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (estimateTokens(text.slice(0, middle)) <= tokens) least = middle
    else most = middle - 1
  }
  return { text: text.slice(0, characterStart(text, least)), whole: false }
}

/** The place itself, or the one before when it would split a pair that makes one character. */
export function characterStart(text: string, place: number): number {
  const code = text.charCodeAt(place)
  return code >= 0xdc00 && code <= 0xdfff && place > 0 ? place - 1 : place
}
