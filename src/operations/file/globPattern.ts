import { withSchema, type WithSchema } from '../../model/codec/withSchema.js'

const longest = 1_000
const mostStars = 4

/**
 * A glob pattern: `*`, `**`, `?`, `[a-z]`, `{a,b}`. Anything else stands for itself.
 *
 * The matcher makes a regular expression of it that backtracks over its stars: with more than a few in one segment, one
 * long name can hold up the whole process.
 */
export const globPattern: WithSchema<string> = withSchema(
  `a glob pattern of at most ${longest} characters, with at most ${mostStars} stars between two slashes and at most ${mostStars} times **`,
  { type: 'string', minLength: 1, maxLength: longest },
  (value): value is string => typeof value === 'string' && value.length > 0 && value.length <= longest && isCheap(value),
)

function isCheap(pattern: string): boolean {
  if (pattern.includes('\0')) return false
  const segments = pattern.split('/')
  const stars = (segment: string): number => segment.split('*').length - 1
  return (
    segments.every((segment) => stars(segment) <= mostStars) && segments.filter((segment) => segment.includes('**')).length <= mostStars
  )
}

/** Takes the meaning from characters that would start an extended glob or a group: with those a pattern can be made to never end. */
export function plainGlob(pattern: string): string {
  return pattern.replaceAll(/(?<!\\)[()|+@]/g, '\\$&')
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
