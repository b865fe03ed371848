import type { PlanPath } from './fault.js'
import { quoteText } from './quote.js'

const most = 12

/** A path as people write it: `operations[3].params["odd key"]`. Its middle is left out when it is very long. */
export function formatPath(path: PlanPath): string {
  const [head, tail] = path.length <= most ? [path, []] : [path.slice(0, most / 2), path.slice(-most / 2)]
  const text = head.map(formatKey).join('') + (tail.length > 0 ? `…${tail.map(formatKey).join('')}` : '')
  return text.startsWith('.') ? text.slice(1) : text
}

function formatKey(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`
  return key.length <= 80 && /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key) ? `.${key}` : `[${quoteText(key)}]`
}
