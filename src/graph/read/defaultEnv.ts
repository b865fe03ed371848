import type * as t from 'io-ts'
import { isPlainObject, own, type PlainObject } from '../../model/codec/plainObject.js'
import { shapeOf } from '../../model/codec/shape.js'
import type { OperationType } from '../../model/operationType.js'
import type { PlanDefaults } from '../../model/plan.js'
import { markerKeyOf } from '../params/marker.js'

/** The params of an operation with the variables that the plan has for every program; what the operation says itself comes first. */
export function withDefaultEnv(params: unknown, operationType: OperationType | undefined, defaults: PlanDefaults | undefined): unknown {
  const env = defaults?.env
  if (env === undefined || operationType === undefined || !takesEnv(operationType)) return params
  const given = params ?? {}
  if (!isPlainObject(given) || markerKeyOf(given) !== undefined) return params
  const added = own(given, 'env') ?? {}
  // One that is given whole by a reference has its variables from there.
  return isPlainObject(added) && markerKeyOf(added) === undefined ? { ...given, env: { ...env, ...added } satisfies PlainObject } : params
}

function takesEnv({ params }: OperationType): boolean {
  const shape = shapeOf(params as t.Mixed)
  return shape?._tag === 'ClosedType' && Object.hasOwn(shape.optional, 'env')
}
