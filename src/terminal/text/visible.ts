import { stripVTControlCharacters } from 'node:util'

// Control characters, halves of characters, and those that reorder, hide or break the text around them. The zero-width joiner stays: emoji need it.
const unsafe = /[\p{Cc}\p{Cs}\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** Text with everything that could move the cursor or deceive the eye written out, such as `\u{1b}`: one line, always. */
export function visible(text: string): string {
  return text.replace(unsafe, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
}

/** A text of several lines as one. */
export function oneLine(text: string): string {
  return visible(
    text
      .split(/\s*[\r\n]\s*/)
      .join(' ')
      .trim(),
  )
}

/** One line of a program's output: its colours are dropped, a tab is a space, the rest as in `visible`. */
export function visibleOutput(line: string): string {
  return visible(stripVTControlCharacters(line).replaceAll('\t', ' '))
}
