import type * as t from 'io-ts'
import { closed } from '../../../model/codec/closed.js'
import { described } from '../../../model/codec/described.js'
import { boolean, text } from '../../../model/codec/values.js'
import { OperationFailure } from '../../../model/operationError.js'
import { shown } from '../shown.js'

export const Edit = closed(
  'an edit',
  {
    find: described(text({ minLength: 1 }), 'The exact text to replace, white space included.'),
    replace: described(text(), 'What to put there, as it is.'),
  },
  { all: described(boolean, 'Replaces every place where it is found. Default false: there must be exactly one.') },
)
export type Edit = t.TypeOf<typeof Edit>

const shownCharacters = 60

/** The text after all edits, or the first one that does not fit, as an error. */
export function applyEdits(text: string, edits: readonly Edit[], label: string): { content: string; replacements: number } {
  let content = text
  let replacements = 0
  for (const [index, { find, replace, all = false }] of edits.entries()) {
    const parts = content.split(find)
    const count = parts.length - 1
    if (count === 0) throw textAbsent(label, index, find)
    if (count > 1 && !all) throw textAmbiguous(label, index, find, count)
    content = parts.join(replace)
    replacements += count
  }
  return { content, replacements }
}

function textAbsent(label: string, index: number, text: string): OperationFailure {
  const after = index === 0 ? '' : ' after the edits before it'
  return new OperationFailure({
    type: 'text-absent',
    message: `${shown(label)}: edits[${index}].find is not in the file${after}: ${quoted(text)}. It must match exactly, white space included: read the file again.`,
    retryable: false,
    path: label,
    text,
  })
}

function textAmbiguous(label: string, index: number, text: string, count: number): OperationFailure {
  return new OperationFailure({
    type: 'text-ambiguous',
    message: `${shown(label)}: edits[${index}].find is in the file ${count} times: ${quoted(text)}. Add text around it until it is there once, or set all: true.`,
    retryable: false,
    path: label,
    text,
    count,
  })
}

function quoted(text: string): string {
  return JSON.stringify(text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text)
}
