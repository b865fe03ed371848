import { isPlainObject, own } from '../../model/codec/plainObject.js'

/** An operation as the plan names it. */
export interface NamedOperation {
  readonly id: string
  /** `file.write`. */
  readonly name: string
  /** What people see instead of the id. */
  readonly title?: string | undefined
}

/** The operations of a plan that has been accepted, in its order, as people name them. */
export function namedOperations(plan: unknown): readonly NamedOperation[] {
  const operations = field(plan, 'operations')
  if (!Array.isArray(operations)) return []
  return operations.map((operation: unknown, index) => {
    const id = field(operation, 'id')
    const [type, name, title] = [String(field(operation, 'type')), field(operation, 'operation'), field(operation, 'title')]
    return {
      id: typeof id === 'string' ? id : `op${index + 1}`,
      name: typeof name === 'string' ? `${type}.${name}` : type,
      title: typeof title === 'string' ? title : undefined,
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
