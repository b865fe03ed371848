import { isPlainObject, own } from '../../model/codec/plainObject.js'

/** An operation as the plan names it. */
export interface NamedOperation {
  readonly id: string
  /** `file.write`. */
  readonly name: string
}

/** The operations of a plan that has been accepted, in its order, as people name them. */
export function namedOperations(plan: unknown): readonly NamedOperation[] {
  const operations = field(plan, 'operations')
  if (!Array.isArray(operations)) return []
  return operations.map((operation: unknown, index) => {
    const id = field(operation, 'id')
    const [type, name] = [String(field(operation, 'type')), field(operation, 'operation')]
    return {
      id: typeof id === 'string' ? id : `op${index + 1}`,
      name: typeof name === 'string' ? `${type}.${name}` : type,
    }
  })
}

/** The ids whose values the plan wants back; undefined for all. */
export function returnsOf(plan: unknown): readonly string[] | undefined {
  const returns = field(plan, 'returns')
  return Array.isArray(returns) ? returns.filter((id) => typeof id === 'string') : undefined
}

function field(value: unknown, key: string): unknown {
  return isPlainObject(value) ? own(value, key) : undefined
}
