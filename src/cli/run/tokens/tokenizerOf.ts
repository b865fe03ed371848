import { charsPerFour, type Tokenizer } from '../../../monitor/tokens/tokenizer.js'

/** o200k_base when the optional package gpt-tokenizer is installed; else characters ÷ 4, which says so by its name. */
export async function bestTokenizer(): Promise<Tokenizer> {
  try {
    const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base')
    // Values may hold what looks like a control token: here it is only text.
    const disallowedSpecial = new Set<string>()
    return { name: 'o200k_base', count: (text) => countTokens(text, { disallowedSpecial }) }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return charsPerFour
    throw error
  }
}
