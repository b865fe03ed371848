import type * as t from 'io-ts'
import { pathOf, problemOf } from '../../model/codec/problem.js'
import type { PlanFault, PlanPath } from '../../model/fault/fault.js'
import { concealed } from '../../model/secrets/secretFields.js'
import { isSecretAt } from '../../model/secrets/secretPlaces.js'
import { withoutSecrets } from '../../model/secrets/secretTexts.js'

/** What io-ts found wrong with `value`, which stands at `base` of the plan, as faults. */
export function decodingFaults(errors: t.Errors, value: unknown, base: PlanPath, of?: string): readonly PlanFault[] {
  return errors.map((error) => {
    const at = [...base, ...positionsIn(value, pathOf(error))]
    const about = of === undefined ? {} : { of }
    const problem = problemOf(error)
    switch (problem?.type) {
      case undefined:
        return { type: 'invalid-value', at, expected: error.context.at(-1)!.type.name, received: shown(error.value, at), ...about }
      case 'unknown-field':
        return { ...problem, at, ...about }
      case 'missing-field':
        // What is not there has no place: the fault stands where it should have been.
        return { ...problem, at: at.slice(0, -1), ...about }
      case 'further-errors':
        return { type: 'more-faults', at: [], count: problem.count }
    }
  })
}

/** A value as a fault may carry it: nothing of a secret is in it. */
export function shown(value: unknown, at: PlanPath): unknown {
  return isSecretAt(at) ? concealed : withoutSecrets(value)
}

/** io-ts has keys as text only; positions in a list are numbers in a plan's paths. */
export function positionsIn(value: unknown, keys: readonly string[]): PlanPath {
  let container = value
  return keys.map((key) => {
    const inList = Array.isArray(container)
    container = typeof container === 'object' && container !== null ? (container as { readonly [key: string]: unknown })[key] : undefined
    return inList ? Number(key) : key
  })
}
