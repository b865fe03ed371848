import { withSchema, type WithSchema } from '../../../model/codec/withSchema.js'

const longest = 1_000
const mostStars = 3
const mostAlternatives = 100

/**
 * A glob pattern: `*`, `**`, `?`, `[a-z]`, `{a,b}`. Anything else stands for itself.
 *
 * The matcher makes a regular expression of it that goes back over its stars and alternatives: one pattern with a few
 * more of them, `*a*a*a*a*ab`, takes a minute over one long name, in which nothing else in the process moves.
 */
export const globPattern: WithSchema<string> = withSchema(
  `a glob pattern of at most ${longest} characters, with at most ${mostStars} stars between two slashes, ` +
    `${mostStars} times ** and ${mostAlternatives} alternatives in braces`,
  { type: 'string', minLength: 1, maxLength: longest },
  (value): value is string => typeof value === 'string' && value.length > 0 && value.length <= longest && isCheap(value),
)

function isCheap(pattern: string): boolean {
  if (pattern.includes('\0') || alternativesIn(pattern) > mostAlternatives) return false
  const segments = pattern.split('/')
  const stars = (segment: string): number => segment.split('*').length - 1
  return (
    segments.every((segment) => stars(segment) <= mostStars) && segments.filter((segment) => segment.includes('**')).length <= mostStars
  )
}

/** How many patterns without braces it stands for. */
function alternativesIn(pattern: string): number {
  const open: { before: number; sum: number }[] = []
  let product = 1
  for (const character of pattern.replaceAll(/\\./g, '')) {
    const group = open.at(-1)
    if (character === '{') {
      open.push({ before: product, sum: 0 })
      product = 1
    } else if (group !== undefined && character === ',') {
      group.sum += product
      product = 1
    } else if (group !== undefined && character === '}') {
      product = group.before * (group.sum + product)
      open.pop()
    }
  }
  return open.reduce((total, { before, sum }) => total * before * (sum + 1), product)
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
