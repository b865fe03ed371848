import { withSchema, type WithSchema } from '../../../model/codec/withSchema.js'
import { OperationFailure } from '../../../model/operationError.js'
import { expandBraces, TooManyAlternatives } from './expandBraces.js'
import { mostAlternatives } from './pathMatcher.js'

const longest = 1_000
const longestTogether = 20_000

/** A glob pattern: `*`, `**`, `?`, `[a-z]`, `{a,b}`. Anything else stands for itself. */
export const globPattern: WithSchema<string> = withSchema(
  `a glob pattern of at most ${longest} characters, with at most ${mostAlternatives} alternatives in braces`,
  { type: 'string', minLength: 1, maxLength: longest },
  (value): value is string =>
    typeof value === 'string' && value.length > 0 && value.length <= longest && !value.includes('\0') && lengthOf(value) !== undefined,
)

/** How long the patterns without braces are together; undefined when there are too many. */
function lengthOf(pattern: string): number | undefined {
  try {
    return expandBraces(pattern, mostAlternatives).reduce((sum, { length }) => sum + length, 0)
  } catch (error) {
    if (error instanceof TooManyAlternatives) return undefined
    throw error
  }
}

/** Refuses patterns that would take longer over one name than other work in the process should have to wait. */
export function refuseCostly(patterns: readonly string[], field: string): void {
  const length = patterns.reduce((sum, pattern) => sum + (lengthOf(pattern) ?? 0), 0)
  if (length <= longestTogether) return
  throw new OperationFailure({
    type: 'invalid-params',
    message: `The patterns of ${field} have ${length} characters after their braces are expanded, more than ${longestTogether}. Use fewer or shorter ones.`,
    retryable: false,
    at: [field],
  })
}

/** Whether a pattern leaves the folder it starts in by its own text. */
export function climbs(pattern: string): boolean {
  return (
    pattern.startsWith('/') ||
    pattern
      .replaceAll('\\', '')
      .split(/[/{},]/)
      .includes('..')
  )
}
