/** Counts the tokens of a text. */
export interface Tokenizer {
  /** `o200k_base` */
  readonly name: string
  readonly count: (text: string) => number
}

/** No tokenizer at all: a token is four characters, as it is on average in English. Its name says so wherever its figures are shown. */
export const charsPerFour: Tokenizer = { name: 'chars/4', count: (text) => Math.ceil(text.length / 4) }
