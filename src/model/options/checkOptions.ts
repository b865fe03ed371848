// model/options: what a program hands to a function of this library, checked by the call itself.
import { isMadeInCode } from '../madeInCode.js'
import { nearest } from '../fault/nearest.js'
import { isFunction, isObservable, hasFields, isPromiseLike, type ArgumentKind } from './kinds.js'
import { describeOptionFault, type ArgumentPath, type OptionFault } from './optionFault.js'

/** The options of a function, each with its kind: `satisfies Fields<Options>` finds one that was forgotten. */
export type Fields<O = unknown> = { readonly [K in keyof O]-?: ArgumentKind } & { readonly [name: string]: ArgumentKind }

/** Throws one `TypeError` that tells every fault; `call` is the call as people write it, `operation("a")`. */
export function refuse(call: string, faults: readonly OptionFault[]): void {
  if (faults.length === 0) return
  const lines = faults.filter((fault) => !isMisspelt(fault, faults)).map(describeOptionFault)
  throw new TypeError(lines.length === 1 ? `${call}: ${lines[0]}` : [`${call}: ${lines.length} faults.`, ...lines].join('\n'))
}

// What is there under a misspelt name is not missing as well.
function isMisspelt(fault: OptionFault, faults: readonly OptionFault[]): boolean {
  return (
    fault.type === 'missing-option' &&
    faults.some((other) => other.type === 'unknown-option' && (other.meant ?? nearest(other.option, other.known)) === fault.option)
  )
}

/** Throws on options of a call that are not what they have to be. */
export function checkOptions(call: string, given: unknown, fields: Fields, at: ArgumentPath = ['options']): void {
  refuse(call, optionFaults(given, fields, at))
}

/** Throws on an operator that stands in a `pipe` without its parentheses, and so is given the source in the place of options. */
export function takesNothing(call: string, given: ArrayLike<unknown>): void {
  if (given.length === 0) return
  const wayOut = isObservable(given[0]) ? `Call it: .pipe(${call}()).` : undefined
  refuse(call, [{ type: 'wrong-option', at: ['options'], expected: 'nothing', received: given[0], wayOut }])
}

/** What is wrong with the options given: each name that there is not, each value of another kind, each that is missing. `elsewhere` knows where a name belongs. */
export function optionFaults(
  given: unknown,
  fields: Fields,
  at: ArgumentPath,
  elsewhere?: (name: string) => string | undefined,
): readonly OptionFault[] {
  if (given === undefined) return missing({}, fields, at)
  if (!hasFields(given) || isOther(given)) {
    const expected = `an object such as { ${Object.keys(fields)[0] ?? ''}: … }`
    return [{ type: 'wrong-option', at, expected, received: given, wayOut: wayOutOf(given, fields) }]
  }
  const faults: OptionFault[] = []
  for (const name of Object.keys(given)) {
    const kind = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (kind === undefined)
      faults.push({
        type: 'unknown-option',
        at: [...at, name],
        option: name,
        known: Object.keys(fields),
        meant: meantBy(name, fields),
        elsewhere: elsewhere?.(name),
      })
    else if (given[name] !== undefined) faults.push(...kind.faults(given[name], [...at, name]))
  }
  return [...faults, ...missing(given, fields, at)]
}

function meantBy(name: string, fields: Fields): string | undefined {
  return Object.keys(fields).find((field) => fields[field]!.otherNames?.includes(name))
}

function missing(given: { readonly [name: string]: unknown }, fields: Fields, at: ArgumentPath): readonly OptionFault[] {
  return Object.entries(fields).flatMap(([option, kind]) =>
    kind.missing !== undefined && given[option] === undefined ? [{ type: 'missing-option', at, option, wayOut: kind.missing }] : [],
  )
}

// What somebody else's argument looks like: it has fields too, and none of them is an option.
function isOther(given: object): boolean {
  return Array.isArray(given) || isFunction(given) || isMadeInCode(given) || isPromiseLike(given) || isObservable(given) || isSignal(given)
}

function isSignal(given: object): boolean {
  return 'aborted' in given || 'abort' in given
}

function wayOutOf(given: unknown, fields: Fields): string | undefined {
  if (typeof given === 'number') {
    const [first] = Object.keys(fields)
    const meant = ['concurrency', first!].find((name) => fields[name]?.faults(given, []).length === 0)
    return meant && `Pass it as { ${meant}: ${given} }.`
  }
  if (isObservable(given)) return 'Call the operator in the pipe, with its parentheses.'
  return hasFields(given) && isSignal(given) ? 'Pass it as { signal }.' : undefined
}
