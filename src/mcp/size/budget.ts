import type { TextSize } from './textSize.js'

/** The tokens an answer may take when its call does not say. */
export const defaultAnswerTokens = 16_000

/** What clients keep of an answer whole; source code has about four characters a token, so this is usually reached first. */
export const mostAnswerCharacters = 48_000

/** The most characters of a refusal. */
export const mostRefusalCharacters = 10_000

/** The most an answer may take: whichever is reached first. */
export function budgetOf(maxAnswerTokens: number = defaultAnswerTokens): TextSize {
  return { tokens: maxAnswerTokens, characters: mostAnswerCharacters }
}
