/**
 * About how many tokens a model reads text as, without a tokenizer at hand: not far from what o200k_base counts, and rarely below.
 *
 * A run of letters is about a token for each six (a change from small to capital letters begins a new one), three digits are one,
 * and so are two other signs; a single space belongs to the word after it. Held against o200k_base on prose, code, JSON, numbers,
 * base64, Russian and Chinese by its spec.
 */
export function estimateTokens(text: string): number {
  let tokens = 0
  let kind: Kind = 'none'
  let length = 0
  for (let place = 0; place < text.length; place++) {
    const next = kindOf(text.charCodeAt(place))
    if (next === kind || (kind === 'capital' && next === 'small' && length === 1)) {
      kind = next
      length++
      continue
    }
    if (kind !== 'space' || length > 1) tokens += Math.ceil(length / perToken[kind])
    kind = next
    length = 1
  }
  return tokens + Math.ceil(length / perToken[kind])
}

type Kind = 'none' | 'small' | 'capital' | 'digit' | 'space' | 'break' | 'sign' | 'alphabet' | 'other'

const perToken: Readonly<Record<Kind, number>> = {
  none: 1,
  small: 6,
  capital: 1.6,
  digit: 3,
  space: 16,
  break: 2,
  sign: 2,
  alphabet: 2,
  other: 1,
}

function kindOf(code: number): Kind {
  if (code >= 97 && code <= 122) return 'small'
  if (code >= 65 && code <= 90) return 'capital'
  if (code >= 48 && code <= 57) return 'digit'
  if (code === 32 || code === 9) return 'space'
  if (code === 10 || code === 13) return 'break'
  if (code < 128) return 'sign'
  return code < 0x2000 ? 'alphabet' : 'other'
}
