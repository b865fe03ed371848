import { OperationFailure } from '../../../model/operationError.js'
import type { TextFinder } from './textFinder.js'

/** Steps of the matcher over one line: about 90 ms, in which nothing else in the process moves. */
const mostSteps = 5_000_000
const longestLine = 1024 * 1024

/**
 * Finds what an expression matches, in time that grows with the line alone: RE2's syntax and its automata, by re2js. JavaScript's own would
 * go back over the line, for minutes with an expression that was made for it. Loaded when it is first used.
 */
export async function regexFinder(expression: string, caseSensitive: boolean): Promise<TextFinder> {
  const { RE2JS, RE2JSException } = await import('re2js')
  const compile = () => {
    try {
      return RE2JS.compile(expression, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE)
    } catch (error) {
      if (error instanceof RE2JSException) throw invalid(expression, error.message)
      throw error
    }
  }
  const compiled = compile()
  const longest = Math.min(longestLine, Math.floor(mostSteps / compiled.programSize()))
  return {
    long: { longest, overlap: undefined },
    indexIn: (line) => {
      // Most lines have no match, and a test finds that out many times faster than where one would be.
      if (!compiled.test(line)) return -1
      const matcher = compiled.matcher(line)
      return matcher.find() ? matcher.start() : -1
    },
  }
}

/** What JavaScript's expressions have and these do not, and the way round. */
const differences: readonly (readonly [RegExp, string])[] = [
  [/\(\?<?[=!]/, 'Look-ahead and look-behind are not supported: match the surrounding text too, or search in two steps.'],
  [/\\[1-9]/, 'Back-references are not supported: write out the repeated text.'],
  [/\\u/, 'Write a character by its number as \\x{e9}, or as it is.'],
  [/\\c/, 'Write a control character by its number, as \\x01.'],
  [/\[\^?\]/, 'Write (?s:.) for any character.'],
  [/\\[pP]\{\w+=/, 'Write a script or category by its name alone, as \\p{Greek}.'],
  [/\{\d*,?\d{4,}/, 'Repeat at most 1000 times.'],
  [/\\[a-zA-Z]/, 'Only letters with a meaning can follow \\.'],
]

function invalid(expression: string, message: string): OperationFailure {
  const reason = message.replace(/^error parsing regexp: /, '')
  const hint =
    differences.find(([form]) => form.test(expression))?.[1] ?? 'Correct the expression, or leave regex out to look for the text itself.'
  return new OperationFailure({
    type: 'invalid-params',
    message: `text is not a regular expression in RE2 syntax: ${reason}. ${hint}`,
    retryable: false,
    at: ['text'],
  })
}
