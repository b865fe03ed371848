/** Too many alternatives for one pattern. */
export class TooManyAlternatives extends Error {
  override readonly name = 'TooManyAlternatives'
}

interface Parsed {
  readonly texts: readonly string[]
  readonly at: number
}

/** The patterns without braces that a pattern stands for: `a{b,c{1..2}}` is `ab`, `ac1` and `ac2`. Escapes stay as they are. */
export function expandBraces(pattern: string, most: number): readonly string[] {
  return sequence({ pattern, most, closes: closesOf(pattern) }, 0, false).texts
}

interface Braces {
  readonly pattern: string
  readonly most: number
  /** Where each brace that is closed is closed. All others stand for themselves. */
  readonly closes: ReadonlyMap<number, number>
}

function closesOf(pattern: string): ReadonlyMap<number, number> {
  const closes = new Map<number, number>()
  const open: number[] = []
  for (let at = 0; at < pattern.length; at = pattern[at] === '\\' ? at + 2 : classEnd(pattern, at)) {
    if (pattern[at] === '{') open.push(at)
    const last = pattern[at] === '}' ? open.pop() : undefined
    if (last !== undefined) closes.set(last, at)
  }
  return closes
}

/** Up to the end, or within braces to the next comma or closing brace. */
function sequence(braces: Braces, from: number, isInside: boolean): Parsed {
  const { pattern, most, closes } = braces
  let texts: readonly string[] = ['']
  let at = from
  while (at < pattern.length) {
    const character = pattern[at]!
    if (isInside && (character === ',' || character === '}')) break
    if (closes.has(at)) {
      const group = alternatives(braces, at)
      texts = joined(texts, group.texts, most)
      at = group.at
    } else {
      const length = character === '\\' ? 2 : classEnd(pattern, at) - at
      texts = texts.map((text) => text + pattern.slice(at, at + length))
      at += length
    }
  }
  return { texts, at }
}

/** From an opening brace on. What holds neither a comma nor a range stands for itself. */
function alternatives(braces: Braces, open: number): Parsed {
  const { pattern, most } = braces
  const parts: (readonly string[])[] = []
  let at = open
  do {
    const part = sequence(braces, at + 1, true)
    parts.push(part.texts)
    at = part.at
  } while (pattern[at] === ',')
  const inside = pattern.slice(open + 1, at)
  const texts = parts.length > 1 ? parts.flat() : (range(inside, most) ?? parts[0]!.map((text) => `{${text}}`))
  if (texts.length > most) throw new TooManyAlternatives()
  return { texts, at: at + 1 }
}

function joined(texts: readonly string[], next: readonly string[], most: number): readonly string[] {
  if (texts.length * next.length > most) throw new TooManyAlternatives()
  return texts.flatMap((text) => next.map((more) => text + more))
}

/** `1..3` or `a..e`, either way round. */
function range(inside: string, most: number): readonly string[] | undefined {
  const [, low, high] = /^(-?\d{1,6}|[a-zA-Z])\.\.(-?\d{1,6}|[a-zA-Z])$/.exec(inside) ?? []
  if (low === undefined || high === undefined) return undefined
  const letters = /[a-zA-Z]/.test(low)
  if (letters !== /[a-zA-Z]/.test(high)) return undefined
  const [from, to] = letters ? [low.charCodeAt(0), high.charCodeAt(0)] : [Number(low), Number(high)]
  const count = Math.abs(to - from) + 1
  if (count > most) throw new TooManyAlternatives()
  return Array.from({ length: count }, (_, index) => {
    const value = from < to ? from + index : from - index
    return letters ? String.fromCharCode(value) : String(value)
  })
}

/** Where a class such as `[,{]`, in which braces and commas are letters, ends; the next character for anything else. */
export function classEnd(pattern: string, at: number): number {
  if (pattern[at] !== '[') return at + 1
  let end = at + 1
  if (pattern[end] === '!' || pattern[end] === '^') end += 1
  if (pattern[end] === ']') end += 1
  while (end < pattern.length && pattern[end] !== ']' && pattern[end] !== '/') end += pattern[end] === '\\' ? 2 : 1
  return pattern[end] === ']' ? end + 1 : at + 1
}
