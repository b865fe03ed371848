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
  addBeyond(plan, [], allowed, found)
  return found
}

/** The plan is known not to be nested too deeply. Of millions of values the path is made only where one is found. */
function addBeyond(value: object, path: (string | number)[], allowed: readonly string[], found: Refused[]): void {
  const look = (step: string | number, member: unknown): void => {
    if (typeof member !== 'object' || member === null) return
    path.push(step)
    addBeyond(member, path, allowed, found)
    path.pop()
  }
  if (Array.isArray(value)) return value.forEach((member: unknown, place) => look(place, member))
  if (!isPlainObject(value)) return
  const name = own(value, '$secret')
  if (typeof name === 'string' && !allowed.includes(name)) found.push(refusal([...path, '$secret'], name, allowed))
  // What is literal is never searched for markers: it is only data.
  for (const key of Object.keys(value)) if (key !== '$literal') look(key, value[key])
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
