import { unfitIn } from '../../graph/read/unfit.js'
import { isPlainObject, own } from '../../model/codec/plainObject.js'
import { describeFault } from '../../model/fault/describeFault.js'
import { formatPath } from '../../model/fault/formatPath.js'
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
        message: `operations: ${count} operations are more than the ${most} this server accepts in one message.\nSplit the plan, or run it with \`millrace run\`.`,
      },
    ]
  const { tooLarge } = unfitIn(input)
  if (tooLarge !== undefined) return [{ at: formatPath(tooLarge.at), type: 'too-large', message: describeFault(tooLarge) }]
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

/** What is too large about the call of a project, whose files and folders count as operations do. */
export function beyondFiles(flat: unknown, { operations: most }: ServerLimits): readonly Refused[] {
  const structure = isPlainObject(flat) ? own(flat, 'fileStructure') : undefined
  const count = isPlainObject(structure) ? Object.keys(structure).length : 0
  const message = `fileStructure: ${count} files and folders are more than the ${most} this server accepts in one message.\nMake the project in several calls.`
  return count > most ? [{ at: 'fileStructure', type: 'too-large', message }] : []
}

/** Characters of all texts and keys in a value, without writing it out. Only what may hold others waits to be looked at. */
function textLength(value: unknown): number {
  let length = 0
  const left: unknown[] = [value]
  while (left.length > 0) {
    const next = left.pop()
    const add = (member: unknown): void => {
      if (typeof member === 'string') length += member.length
      else if (typeof member === 'object' && member !== null) left.push(member)
    }
    if (Array.isArray(next)) next.forEach(add)
    else if (isPlainObject(next))
      for (const key of Object.keys(next)) {
        length += key.length
        add(next[key])
      }
  }
  return length
}
