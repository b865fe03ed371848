import type { AttemptContext } from '../../model/work.js'

/** The id of a part of an operation. Parts of a further attempt are other operations. */
export function childId({ id, attempt }: AttemptContext, part: string | number): string {
  return `${id}[${part}]${attempt === 1 ? '' : `#${attempt}`}`
}
