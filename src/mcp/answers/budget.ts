/**
 * The most tokens an answer may take in each of its two forms, of which clients give their model one.
 *
 * The promise is 8,000; the estimate may be a few per cent too low.
 */
export const answerTokens = 7_500
