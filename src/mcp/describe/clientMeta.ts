import { mostAnswerBytes } from '../size/budget.js'

/** Claude Code keeps answers up to this size whole, instead of 25,000 tokens at most and the rest in a file. */
const longAnswers = { 'anthropic/maxResultSizeChars': mostAnswerBytes }

/** What clients learn of tools whose answers can be long. */
export const longAnswerMeta = longAnswers

/** The same for tools that have to be known from the start: clients hide tools behind a search, where nobody looks for a batch. */
export const alwaysLoadedMeta = { 'anthropic/alwaysLoad': true, ...longAnswers }
