import type * as t from 'io-ts'
import { closed } from '../../../model/codec/closed.js'
import { described } from '../../../model/codec/described.js'
import { boolean, text } from '../../../model/codec/values.js'
import { OperationFailure } from '../../../model/operationError.js'
import { shownPath } from '../confine/shownPath.js'
import { lineEndsOf, withCrlf, type LineEnds } from './lineEnds.js'

export const Edit = closed(
  'an edit',
  {
    find: described(text({ minLength: 1 }), 'The exact text to replace, white space included.'),
    replace: described(text(), 'The replacement, used literally.'),
  },
  { all: described(boolean, 'Replaces every occurrence. Default false: there must be exactly one.') },
)
export type Edit = t.TypeOf<typeof Edit>

const shownCharacters = 60
/** Of places that overlap, as many are counted as a message needs. */
const mostCounted = 1_000

export interface EditedText {
  readonly content: string
  readonly replacements: number
  readonly lineEnds: LineEnds
}

/**
 * The text after all edits, or the first one that does not fit, as an error.
 *
 * Where all lines end in CRLF, line ends in `find` and `replace` are taken for that: the text was shown and written with plain ones. Where
 * both kinds of line end are in the text, nothing is taken for anything else. An error quotes the beginning of `find`, as `redact` gives it.
 */
export function applyEdits(text: string, edits: readonly Edit[], label: string, redact: (text: string) => string): EditedText {
  const lineEnds = lineEndsOf(text)
  const meant = lineEnds === 'crlf' ? withCrlf : (given: string) => given
  let content = text
  let replacements = 0
  for (const [index, { find, replace, all = false }] of edits.entries()) {
    const wanted = meant(find)
    const parts = content.split(wanted)
    const count = all ? parts.length - 1 : placesIn(content, wanted, parts.length - 1)
    if (count === 0) throw textAbsent(label, index, find, lineEnds, redact)
    if (count > 1 && !all) throw textAmbiguous(label, index, find, count, redact)
    content = parts.join(meant(replace))
    replacements += count
  }
  return { content, replacements, lineEnds }
}

/** How often a text stands in another, places that overlap included; `apart` is how often without them. */
function placesIn(text: string, wanted: string, apart: number): number {
  if (apart !== 1) return apart
  let count = 1
  let at = text.indexOf(wanted)
  for (;;) {
    at = text.indexOf(wanted, at + 1)
    if (at === -1 || count === mostCounted) return count
    count += 1
  }
}

function textAbsent(label: string, index: number, text: string, lineEnds: LineEnds, redact: (text: string) => string): OperationFailure {
  const after = index === 0 ? '' : ' after the edits before it'
  return new OperationFailure({
    type: 'text-absent',
    message: `${shownPath(label)}: edits[${index}].find is not in the file${after}: ${quoted(redact(text))}. It must match exactly, white space included: read the file again.${lineEndHint(text, lineEnds)}`,
    retryable: false,
    path: label,
    text,
  })
}

function lineEndHint(text: string, lineEnds: LineEnds): string {
  if (lineEnds === 'mixed' && text.includes('\n'))
    return ' Some lines of the file end in CRLF (\\r\\n), others in LF (\\n): find must have the same at each place.'
  return lineEnds === 'lf' && text.includes('\r\n') ? ' Lines of the file end in LF (\\n), and find has CRLF (\\r\\n).' : ''
}

function textAmbiguous(label: string, index: number, text: string, count: number, redact: (text: string) => string): OperationFailure {
  return new OperationFailure({
    type: 'text-ambiguous',
    message: `${shownPath(label)}: edits[${index}].find occurs ${count} times in the file: ${quoted(redact(text))}. Add surrounding text until it occurs once, or set all: true.`,
    retryable: false,
    path: label,
    text,
    count,
  })
}

function quoted(text: string): string {
  return JSON.stringify(text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text)
}
