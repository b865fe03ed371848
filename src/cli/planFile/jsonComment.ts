/**
 * Where the first comment stands in text that was meant as JSON: it begins with a bracket and a quoted key, or with a comment. YAML would
 * take the comment for part of a key. A file in YAML may well begin with a bracket, and have slashes outside of quotes.
 */
export function jsonComment(text: string): number | undefined {
  if (!/^\s*(?:\/[/*]|[{[](?:\s|[{[])*(?:"|\/[/*]))/.test(text)) return undefined
  const token = /"(?:[^"\\]|\\.)*"?|(?<![:\w/])\/[/*]/gs
  for (const match of text.matchAll(token)) if (match[0].startsWith('/')) return match.index
  return undefined
}
