import type * as t from 'io-ts'
import { isPlainObject } from '../model/codec/plainObject.js'
import type { PlanFault, PlanPath } from '../model/fault.js'
import { operationName, type OperationType } from '../model/operationType.js'
import { hasSecretField } from '../model/secretFields.js'
import { checkRecipe } from './checkRecipe.js'
import { decodingFaults } from './decodingFaults.js'
import type { Given, Pantry } from './planTask.js'
import { recipeOf, type MarkerCheck, type Recipe } from './recipe.js'
import { settle } from './settle.js'

/** What an operation is given, and whether there is a secret in it. */
export interface ReadParams {
  readonly given: Given
  readonly secret: boolean
}

/**
 * Reads the parameters of an operation: those without references are decoded once and for all, the others are taken apart for
 * each attempt. Adds a fault for all that is wrong; without a type there is only the form of its references to check.
 */
export function readParams(
  written: unknown,
  operationType: OperationType | undefined,
  {
    at,
    check,
    pantry,
    faults,
  }: { readonly at: PlanPath; readonly check: MarkerCheck; readonly pantry: Pantry; readonly faults: PlanFault[] },
): ReadParams | undefined {
  const params = written ?? {}
  if (!isPlainObject(params)) return undefined // A fault of form already.
  let holdsSecret = false
  const recipe = recipeOf(params, at, (marker, where) => {
    holdsSecret ||= marker.type === 'secret'
    return check(marker, where)
  })
  if (operationType === undefined) return undefined
  const of = operationName(operationType)
  const secret = holdsSecret || hasSecretField(params)
  if (recipe === undefined) {
    const given = decode(operationType, params, { at, of, faults })
    return given && { given, secret }
  }
  const misfits = checkRecipe(operationType.params as t.Mixed, recipe, { at, of })
  faults.push(...misfits)
  if (misfits.length > 0) return undefined
  const given = settledOrRecipe(operationType, recipe, { at, of, pantry, faults })
  return given && { given, secret }
}

interface Place {
  readonly at: PlanPath
  readonly of: string
  readonly faults: PlanFault[]
}

function settledOrRecipe(operationType: OperationType, recipe: Recipe, place: Place & { readonly pantry: Pantry }): Given | undefined {
  const settled = settle(recipe)
  return settled === undefined ? { type: 'recipe', recipe, pantry: place.pantry } : decode(operationType, settled.value, place)
}

function decode(operationType: OperationType, params: unknown, { at, of, faults }: Place): Given | undefined {
  const decoded = operationType.params.decode(params)
  if (decoded._tag === 'Right') return { type: 'decoded', params: decoded.right }
  faults.push(...decodingFaults(decoded.left, params, at, of))
  return undefined
}
