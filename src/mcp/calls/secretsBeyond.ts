import { isPlainObject, own } from '../../model/codec/plainObject.js'
import type { PlanPath } from '../../model/fault/fault.js'
import { formatPath } from '../../model/fault/formatPath.js'
import { quoteText } from '../../model/fault/quote.js'
import type { Refused } from '../refused.js'

/**
 * Secrets that a plan names and this server does not give out.
 *
 * Whoever writes the plans here is a model: it could write any variable of this process into a file and read that file back later.
 */
export function secretsBeyond(plan: object, allowed: readonly string[]): readonly Refused[] {
  const found: Refused[] = []
  const left: { readonly value: unknown; readonly at: PlanPath }[] = [{ value: plan, at: [] }]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, at } = next
    if (Array.isArray(value)) value.forEach((member: unknown, place) => left.push({ value: member, at: [...at, place] }))
    else if (isPlainObject(value)) {
      const name = own(value, '$secret')
      if (typeof name === 'string' && !allowed.includes(name)) found.push(refusal([...at, '$secret'], name, allowed))
      // What is literal is never searched for markers: it is only data.
      for (const key of Object.keys(value)) if (key !== '$literal') left.push({ value: value[key], at: [...at, key] })
    }
  }
  return found.reverse()
}

function refusal(path: PlanPath, name: string, allowed: readonly string[]): Refused {
  const at = formatPath(path)
  const known = allowed.length === 0 ? 'none' : allowed.join(', ')
  return {
    at,
    type: 'not-allowed',
    message: `${at}: plans on this server cannot read the variable ${quoteText(name)}. They can read: ${known}.\nLeave it out, or start the server with --allow-env ${name}.`,
  }
}
