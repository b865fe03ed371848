/** A text between two fences that no line of it equals, so that the next line like the opening fence closes it. */
export function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestFence(text) + 1))
  return `${fence}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`
}

/** The longest run of three or more backticks with which a line begins, blanks before it not counted; 0 without one. */
function longestFence(text: string): number {
  if (!text.includes('```')) return 0
  let longest = 0
  for (const [, run = ''] of text.matchAll(/(?:^|[\n\v\f\r\u0085\u2028\u2029])[^\S\n\v\f\r\u2028\u2029]*(`{3,})/g))
    longest = Math.max(longest, run.length)
  return longest
}
