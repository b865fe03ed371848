import { classEnd } from './expandBraces.js'

/** A part of a pattern between two slashes. */
export interface SegmentPattern {
  /** Any number of folders, none included. */
  readonly isGlobstar: boolean
  /** Any name at all. */
  readonly isAnyName: boolean
  /** Whether it says itself that names begin with a dot. */
  readonly startsWithDot: boolean
  readonly matches: (name: string) => boolean
}

type Token =
  | { readonly type: 'text'; readonly code: number }
  | { readonly type: 'star' }
  | { readonly type: 'any'; readonly has: (code: number) => boolean }

const star: Token = { type: 'star' }
const anyCharacter: Token = { type: 'any', has: () => true }

export function segmentPattern(segment: string): SegmentPattern {
  const tokens = tokensOf(segment)
  const first = tokens[0]
  const plain = tokens.every(({ type }) => type === 'text') ? textOfTokens(tokens) : undefined
  return {
    isGlobstar: segment === '**',
    isAnyName: tokens.length === 1 && first === star,
    startsWithDot: first?.type === 'text' && first.code === dot,
    matches: plain === undefined ? (name) => matchTokens(tokens, name) : (name) => name === plain,
  }
}

const dot = 0x2e

function textOfTokens(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.type === 'text' ? String.fromCodePoint(token.code) : '')).join('')
}

function tokensOf(segment: string): readonly Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < segment.length;) {
    const character = segment[at]!
    const end = classEnd(segment, at)
    if (character === '*') {
      // Several in a row are as good as one.
      if (tokens.at(-1) !== star) tokens.push(star)
      at += 1
    } else if (character === '?') {
      tokens.push(anyCharacter)
      at += 1
    } else if (character === '[' && end > at + 1) {
      tokens.push({ type: 'any', has: classOf(segment.slice(at + 1, end - 1)) })
      at = end
    } else {
      if (character === '\\' && at + 1 < segment.length) at += 1
      const code = segment.codePointAt(at)!
      tokens.push({ type: 'text', code })
      at += widthOf(code)
    }
  }
  return tokens
}

function classOf(inside: string): (code: number) => boolean {
  const negated = inside.startsWith('!') || inside.startsWith('^')
  const codes: number[] = []
  const escaped: boolean[] = []
  const text = negated ? inside.slice(1) : inside
  for (let at = 0; at < text.length;) {
    const isEscaped = text[at] === '\\' && at + 1 < text.length
    if (isEscaped) at += 1
    const code = text.codePointAt(at)!
    codes.push(code)
    escaped.push(isEscaped)
    at += widthOf(code)
  }
  const ranges: (readonly [number, number])[] = []
  for (let index = 0; index < codes.length;) {
    const isRange = codes[index + 1] === 0x2d && !escaped[index + 1] && index + 2 < codes.length
    ranges.push([codes[index]!, codes[isRange ? index + 2 : index]!])
    index += isRange ? 3 : 1
  }
  return (code) => ranges.some(([low, high]) => code >= low && code <= high) !== negated
}

const widthOf = (code: number): number => (code > 0xffff ? 2 : 1)

/**
 * One pass with one way back: to the last star, which then takes one character more. What an earlier star took is never asked again, so
 * that the time is bounded by the length of the name times that of the pattern.
 */
function matchTokens(tokens: readonly Token[], name: string): boolean {
  let token = 0
  let at = 0
  let lastStar = -1
  let starAt = 0
  while (at < name.length) {
    const code = name.codePointAt(at)!
    const next = tokens[token]
    if (next?.type === 'star') {
      lastStar = token
      starAt = at
      token += 1
    } else if (next !== undefined && fits(next, code)) {
      token += 1
      at += widthOf(code)
    } else if (lastStar !== -1) {
      starAt += widthOf(name.codePointAt(starAt)!)
      at = starAt
      token = lastStar + 1
    } else return false
  }
  while (tokens[token]?.type === 'star') token += 1
  return token === tokens.length
}

function fits(token: Token, code: number): boolean {
  return token.type === 'text' ? token.code === code : token.type === 'any' && token.has(code)
}
