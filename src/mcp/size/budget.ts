import type { TextSize } from './textSize.js'

/** The tokens an answer may take when its call does not say. */
export const defaultAnswerTokens = 16_000

/**
 * What every client that was tried gives its model whole (`npm run clients`): two of them cut at 40,000. Source code has about four
 * bytes a token, so this is usually reached first.
 */
export const mostAnswerBytes = 39_500

/** The most bytes of a refusal. */
export const mostRefusalBytes = 10_000

/** The most an answer may take: whichever is reached first. */
export function budgetOf(maxAnswerTokens: number = defaultAnswerTokens): TextSize {
  return { tokens: maxAnswerTokens, bytes: mostAnswerBytes }
}
