import type { OperationSucceeded } from '../../model/event.js'

/** Whether its time is that of its own attempts: no fallback in their place, no share in another's read, nothing of an earlier run. */
export function ranByItself({ recoveredFrom, sharedWith, reusedFrom }: OperationSucceeded): boolean {
  return recoveredFrom === undefined && sharedWith === undefined && reusedFrom === undefined
}
