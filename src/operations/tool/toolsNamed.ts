import { isPlainObject, own } from '../../model/codec/plainObject.js'

/** The tools of downstream servers that a plan names, `server.tool` each, also where the server stands in the place of the type. */
export function toolsNamed(plan: unknown): readonly string[] {
  const operations = isPlainObject(plan) ? own(plan, 'operations') : plan
  if (!Array.isArray(operations)) return []
  return operations.flatMap((operation: unknown) => {
    const undo = isPlainObject(operation) ? own(operation, 'undo') : undefined
    return [operation, undo].flatMap((one) => {
      const [type, name] = isPlainObject(one) ? [own(one, 'type'), own(one, 'operation')] : []
      const full = [type, name].filter((part) => typeof part === 'string').join('.')
      return full.startsWith('tool.') ? [full.slice('tool.'.length)] : full === '' || full === 'tool' ? [] : [full]
    })
  })
}
