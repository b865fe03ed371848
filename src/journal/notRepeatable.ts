import { isRepeatable } from '../graph/operations/isRepeatable.js'
import type { AttemptStarted } from '../model/event.js'
import type { Graph } from '../model/graph.js'

/**
 * Whether an attempt must be in the log before its work begins: that of an operation that may not be done twice. Were this process
 * killed in it, whoever resumes the run would else take it for one that never began. Children go by the operation they are part of.
 */
export function notRepeatable({ operations }: Pick<Graph, 'operations'>): (event: AttemptStarted) => boolean {
  const repeatable = new Set<string>()
  for (const operation of operations) if (isRepeatable(operation)) repeatable.add(operation.id)
  if (repeatable.size === operations.length) return () => false
  return ({ id, parent }) => !repeatable.has(parent ?? id)
}
