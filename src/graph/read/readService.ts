import { isPlainObject, own } from '../../model/codec/plainObject.js'
import { FaultList } from '../../model/fault/faultList.js'
import { operationName, type OperationRegistry, type OperationType } from '../../model/operationType.js'
import { readParams, type ParamsPlace, type ReadParams } from './readParams.js'
import type { settingsOf } from './sourceOperation.js'

/** The operation that is, or would be, a service. */
interface OfService {
  readonly operationType: OperationType | undefined
  readonly registry: OperationRegistry
  readonly index: number
}

const ways: readonly string[] = ['line', 'port', 'url']
const fieldsOfOthers = ['each', 'weight', 'pool', 'place', 'fallback'] as const

/** The type of an operation as a service, if it can be one. */
export function serviceTypeOf({ service }: OperationType): OperationType | undefined {
  return service as OperationType | undefined // As the registry gives types: what their own codecs decoded is all that they are given.
}

/**
 * Reads what a service is given: its params, and `ready`, which its type takes as one of them and may hold markers like them. Adds a fault
 * for all that is wrong, also for a `ready` without a service.
 */
export function readServiceParams(
  params: unknown,
  settings: ReturnType<typeof settingsOf>,
  { operationType, registry, index }: OfService,
  place: ParamsPlace,
): ReadParams | undefined {
  const at = ['operations', index]
  const { faults } = place
  if (settings.service !== true) {
    // Where it is neither true nor false, that is a fault of form already.
    if (settings.ready !== undefined && (settings.service ?? false) === false)
      faults.push({ type: 'without-service', at: [...at, 'ready'] })
    return readParams(params, operationType, place)
  }
  for (const field of fieldsOfOthers) if (Object.hasOwn(settings, field)) faults.push({ type: 'not-of-service', at: [...at, field], field })
  if (isPlainObject(params) && own(params, 'stdoutTo') !== undefined)
    faults.push({ type: 'not-of-service', at: [...at, 'params', 'stdoutTo'], field: 'stdoutTo' })
  if (operationType !== undefined && !isServiceType(operationType, registry)) {
    const known = [...registry].flatMap(([name, { service }]) => (service === undefined ? [] : [name]))
    faults.push({ type: 'no-service', at: [...at, 'service'], name: operationName(operationType), known })
    return undefined
  }
  const ready: unknown = settings.ready ?? {}
  const given = params ?? {}
  if (!isPlainObject(ready) || !isPlainObject(given)) return undefined // A fault of form already.
  const received = ways.filter((way) => Object.hasOwn(ready, way))
  if (received.length !== 1) faults.push({ type: 'unclear-ready', at: [...at, 'ready'], known: ways, received })
  if (Object.hasOwn(given, 'ready')) return readParams(given, registry.get(operationName(operationType!)), place)
  const found = new FaultList()
  const read = readParams({ ...given, ready }, operationType, { ...place, faults: found })
  // It stands beside the params in the plan.
  for (const fault of found.all()) faults.push(fault.at[3] === 'ready' ? { ...fault, at: [...at, ...fault.at.slice(3)] } : fault)
  return read
}

function isServiceType(operationType: OperationType, registry: OperationRegistry): boolean {
  for (const { service } of registry.values()) if (service === operationType) return true
  return false
}
