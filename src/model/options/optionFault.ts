import { isMadeInCode } from '../madeInCode.js'
import { formatPath } from '../fault/formatPath.js'
import { nearest } from '../fault/nearest.js'
import { quoteText, quoteValue } from '../fault/quote.js'

/** Where in the arguments of a call: the name of the argument, then keys. */
export type ArgumentPath = readonly (string | number)[]

/** What is wrong with what a program handed to a function of this library. */
export type OptionFault =
  | {
      readonly type: 'unknown-option'
      readonly at: ArgumentPath
      readonly option: string
      readonly known: readonly string[]
      readonly meant?: string | undefined
      /** Where it belongs, when that is not here. */
      readonly elsewhere?: string | undefined
    }
  | { readonly type: 'missing-option'; readonly at: ArgumentPath; readonly option: string; readonly wayOut?: string }
  | {
      readonly type: 'wrong-option'
      readonly at: ArgumentPath
      readonly expected: string
      readonly received: unknown
      readonly wayOut?: string | undefined
    }

/** One fault as one line: where, what, the way out. */
export function describeOptionFault(fault: OptionFault): string {
  return `${formatPath(fault.at)}: ${textOf(fault)}`
}

function textOf(fault: OptionFault): string {
  switch (fault.type) {
    case 'unknown-option': {
      const near = fault.meant ?? nearest(fault.option, fault.known)
      return `there is no ${quoteText(fault.option)} here.${near === undefined ? withSpace(fault.elsewhere) : ` Did you mean ${quoteText(near)}?`} There is: ${fault.known.join(', ')}.`
    }
    case 'missing-option':
      return `${quoteText(fault.option)} is missing.${withSpace(fault.wayOut)}`
    case 'wrong-option':
      return `expected ${fault.expected}, received ${received(fault.received)}.${withSpace(fault.wayOut)}`
  }
}

function withSpace(text: string | undefined): string {
  return text === undefined ? '' : ` ${text}`
}

/** What a value is, in few words: of an object that is more than its fields, its kind. */
export function received(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (isMadeInCode(value)) return `the operation ${quoteText(value.id)}`
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (typeof value !== 'object' || value === null) return quoteValue(value)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype) return quoteValue(value)
  const { constructor: made } = value as { readonly constructor?: unknown }
  const kind = typeof made === 'function' && made.name !== '' ? made.name : 'object'
  return `${/^(?:[AEIO]|U(?!R))/i.test(kind) ? 'an' : 'a'} ${kind}`
}
