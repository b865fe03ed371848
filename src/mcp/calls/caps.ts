import { isPlainObject, own } from '../../model/codec/plainObject.js'
import type { Refused } from '../refused.js'
import type { ServerLimits } from '../limits.js'

/** What is too large about a call, told before it is looked into any further. */
export function beyondCaps(input: unknown, { operations: most, bytes }: ServerLimits): readonly Refused[] {
  const operations = isPlainObject(input) ? own(input, 'operations') : undefined
  const count = Array.isArray(operations) ? operations.length : 0
  if (count > most)
    return [
      {
        at: 'operations',
        type: 'too-large',
        message: `operations: ${count} operations are more than this server accepts in one message, which is ${most}.\nSplit the plan, or run it with \`millrace run\`.`,
      },
    ]
  const size = textLength(input)
  if (size > bytes)
    return [
      {
        at: '',
        type: 'too-large',
        message: `The message has ${size} characters, more than the ${bytes} this server accepts.\nLet operations read large content from files.`,
      },
    ]
  return []
}

/** Characters of all texts and keys in a value, without writing it out. The depth is bounded by JSON's own parser. */
function textLength(value: unknown): number {
  let length = 0
  const left: unknown[] = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next === 'string') length += next.length
    else if (Array.isArray(next)) for (const member of next) left.push(member)
    else if (isPlainObject(next))
      for (const key of Object.keys(next)) {
        length += key.length
        left.push(next[key])
      }
  }
  return length
}
