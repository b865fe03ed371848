import type * as t from 'io-ts'
import { isMadeInCode } from '../madeInCode.js'
import { pathOf, problemOf } from '../codec/problem.js'
import { longestDelayMs } from '../limits.js'
import type { ArgumentPath, OptionFault } from './optionFault.js'

/** What one option, setting or argument has to be. */
export interface ArgumentKind {
  /** What is wrong with a value that stands at a place: nothing for one that fits. */
  readonly faults: (value: unknown, at: ArgumentPath) => readonly OptionFault[]
  /** Set for what must be there: how to give it. */
  readonly missing?: string
  /** What people call it elsewhere. */
  readonly otherNames?: readonly string[]
}

const none: readonly OptionFault[] = []

/** A kind that a predicate knows. `wayOut` says what to do about a value that is near it. */
export function kind(expected: string, is: (value: unknown) => boolean, wayOut?: (value: unknown) => string | undefined): ArgumentKind {
  return {
    faults: (value, at) => (is(value) ? none : [{ type: 'wrong-option', at, expected, received: value, wayOut: wayOut?.(value) }]),
  }
}

/** As a codec has it: what is wrong inside is told where it stands. */
export function decodedBy(codec: t.Mixed, wayOut?: string): ArgumentKind {
  return {
    faults(value, at) {
      if (codec.is(value)) return none
      const decoded = codec.decode(value)
      return decoded._tag === 'Right' ? none : decoded.left.flatMap((error) => faultOf(error, at, wayOut))
    },
  }
}

function faultOf(error: t.ValidationError, base: ArgumentPath, wayOut: string | undefined): readonly OptionFault[] {
  const at = [...base, ...pathOf(error)]
  const problem = problemOf(error)
  switch (problem?.type) {
    case undefined:
      return [{ type: 'wrong-option', at, expected: error.context.at(-1)!.type.name, received: error.value, wayOut }]
    case 'unknown-field':
      return [{ type: 'unknown-option', at, option: problem.field, known: problem.known }]
    case 'missing-field':
      return [{ type: 'missing-option', at: at.slice(0, -1), option: problem.field }]
    case 'further-errors':
      return none
  }
}

/** The same, for what must be there. */
export function required(of: ArgumentKind, missing: string): ArgumentKind {
  return { ...of, missing }
}

/** The same, known elsewhere by other names. */
export function alsoCalled(of: ArgumentKind, ...otherNames: readonly string[]): ArgumentKind {
  return { ...of, otherNames }
}

/** Each member of a list is of this kind. */
export function listOf(of: ArgumentKind, expected: string): ArgumentKind {
  return {
    faults: (value, at) =>
      Array.isArray(value)
        ? value.flatMap((member: unknown, index) => of.faults(member, [...at, index]))
        : [{ type: 'wrong-option', at, expected, received: value }],
  }
}

export const anything: ArgumentKind = { faults: () => none }

export const someText = kind('text', (value) => typeof value === 'string' && value !== '')

export const flag = kind('true or false', (value) => typeof value === 'boolean')

export function wholeNumber(least: number, most: number): ArgumentKind {
  return kind(
    `a whole number from ${least} to ${most}`,
    (value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most,
    (value) => (typeof value === 'string' && /^\d+$/.test(value) ? `Give the number, ${value}, without quotes.` : undefined),
  )
}

export const anyWholeNumber = kind('a whole number', Number.isSafeInteger)

export function aboveZero(what: string): ArgumentKind {
  return kind(`${what}, a number above 0`, (value) => typeof value === 'number' && value > 0)
}

/** A time in ms that a timer can wait. */
export const delay = wholeNumber(0, longestDelayMs)

export const aFunction = kind('a function', isFunction, (value) =>
  isPromiseLike(value)
    ? 'What makes the promise belongs inside the function: () => fetch(url).'
    : isMadeInCode(value)
      ? 'Give the operations it needs before the function: operation(id, { name: needed }, ({ name }) => …).'
      : undefined,
)

export const signal = kind(
  'an AbortSignal',
  (value) => hasFields(value) && typeof value['aborted'] === 'boolean' && isFunction(value['addEventListener']),
  (value) => (hasFields(value) && isFunction(value['abort']) ? 'Pass its signal: controller.signal.' : undefined),
)

export const scheduler = kind(
  'a scheduler of RxJS',
  (value) => hasFields(value) && isFunction(value['now']) && isFunction(value['schedule']),
)

export const anOperation = kind(
  'an operation',
  (value) => hasFields(value) && typeof value['id'] === 'string',
  (value) => (typeof value === 'string' ? `Pass what operation(${JSON.stringify(value)}, …) returned, not its id.` : undefined),
)

export function hasFields(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null
}

export function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}

export function isPromiseLike(value: unknown): boolean {
  return hasFields(value) && isFunction(value['then'])
}

export function isObservable(value: unknown): boolean {
  return hasFields(value) && isFunction(value['subscribe'])
}
