import { concealed } from '../../model/secrets/secretFields.js'
import { placeBelow } from '../../model/secrets/secretPlaces.js'
import { isPlainObject } from '../../model/codec/plainObject.js'
import type { FaultList } from '../../model/fault/faultList.js'
import { nearest } from '../../model/fault/nearest.js'
import { quoteText, showName } from '../../model/fault/quote.js'
import { firstMissing, valueAt } from './resultPath.js'
import { resolveReference } from './resolveReference.js'

/** The inputs of a plan: what `{"$input": name}` stands for. */
export type Inputs = ReadonlyMap<string, unknown>

/** Whether what an input stands for is kept out of sight: by its name, as of a variable. */
export function isSecretInput(name: string): boolean {
  return placeBelow('variables', name) === 'secret'
}

/** Reads the inputs that a plan gives defaults for. Those whose name says that they are secret are text, so that they can be hidden. */
export function inputsOf(written: unknown, faults: FaultList): Inputs {
  const inputs = new Map(isPlainObject(written) ? Object.entries(written) : [])
  for (const [name, value] of inputs)
    if (isSecretInput(name) && typeof value !== 'string')
      faults.push({ type: 'invalid-value', at: ['inputs', name], expected: 'text for an input with a secret name', received: concealed })
  return inputs
}

/** What an input stands for, as a marker; or what is wrong with how it is written. */
export type ReadInput =
  | { readonly type: 'literal'; readonly value: unknown }
  | { readonly type: 'secret'; readonly name: string; readonly value: string }
  | { readonly type: 'malformed'; readonly reason: string }

/** Reads `name`, or `name.key` of an input that has members. */
export function readInput(written: string, inputs: Inputs): ReadInput {
  const resolved = resolveReference(written, {
    has: (name) => inputs.has(name),
    fits: (name, keys) => valueAt(inputs.get(name), keys) !== undefined,
  })
  switch (resolved.type) {
    case 'unknown':
      return malformed(unknownInput(resolved.path.id, inputs))
    case 'ambiguous':
    case 'malformed':
      return malformed(resolved.reason)
    case 'path': {
      const { id, keys } = resolved.path
      const value = valueAt(inputs.get(id), keys)
      if (value === undefined) {
        const missing = firstMissing(inputs.get(id), keys)
        return malformed(`the input ${quoteText(id)} has no ${quoteText(missing?.key ?? '')}.\nAdd it, or refer to the whole input.`)
      }
      return isSecretInput(id) && typeof value === 'string' && value !== ''
        ? { type: 'secret', name: id, value }
        : { type: 'literal', value }
    }
  }
}

function unknownInput(name: string, inputs: Inputs): string {
  const known = [...inputs.keys()]
  if (known.length === 0) return `this plan has no inputs.\nAdd "inputs": {${quoteText(name)}: …} with a default.`
  const near = nearest(name, known)
  const proposed = near === undefined ? '' : `Did you mean ${quoteText(near)}? `
  return `no input is called ${quoteText(name)}.\n${proposed}This plan has: ${known.slice(0, 12).map(showName).join(', ')}.`
}

function malformed(reason: string): ReadInput {
  return { type: 'malformed', reason }
}
