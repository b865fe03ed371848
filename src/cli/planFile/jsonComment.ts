const [quote, backslash, slash, star] = [0x22, 0x5c, 0x2f, 0x2a]

/**
 * Where the first comment stands in text that was meant as JSON: it begins with a bracket and a quoted key, or with a comment. YAML would
 * take the comment for part of a key. A file in YAML may well begin with a bracket, and have slashes outside of quotes.
 */
export function jsonComment(text: string): number | undefined {
  const start = text.search(/[^\s{[]/)
  if (start === -1 || !(begins(text, start) || (text[start] === '"' && text.slice(0, start).trim() !== ''))) return undefined
  // Not by an expression: one that repeats a choice needs memory for every letter of a long text.
  let isQuoted = false
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) isQuoted = !isQuoted
    else if (code === backslash && isQuoted) at++
    else if (code === slash && !isQuoted && begins(text, at) && !/[:\w/]/.test(text[at - 1] ?? '')) return at
  }
  return undefined
}

function begins(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1)
  return text.charCodeAt(at) === slash && (next === slash || next === star)
}
