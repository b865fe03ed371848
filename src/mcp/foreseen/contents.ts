import { isPlainObject, own } from '../../model/codec/plainObject.js'
import { quoteValue } from '../../model/fault/quote.js'
import type { Foresee } from './foreseen.js'

const writing: ReadonlySet<string> = new Set(['file.write', 'file.create', 'file.append'])

/** An object or list as the content of a file: how it is to be written, only its author knows. A reference to one is another matter. */
export const contentsAhead: Foresee = (name, params) => {
  const content = own(params, 'content')
  if (!writing.has(name) || !(Array.isArray(content) || isPlainObject(content))) return []
  const text = JSON.stringify(JSON.stringify(content))
  const shown = text.length <= 120 ? `: ${text}` : ''
  return [{ field: 'content', text: `expected text, received ${quoteValue(content)}. Write the JSON as text${shown}.` }]
}
