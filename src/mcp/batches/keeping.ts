import { runKeeper } from '../../journal/keepRun.js'
import type { CompiledPlan } from '../../model/graph.js'
import type { Keeper } from './batch.js'

export interface KeepRequest {
  readonly id: string
  readonly compiled: CompiledPlan
  /** Whether the run goes into the history. */
  readonly tracked: boolean
}

/** Keeps the batches of one server. A batch runs whether or not it can be kept: the answer does not depend on it. */
export function keeping(root: string, log: (text: string) => void): (request: KeepRequest) => Keeper {
  let opening = ''
  const keep = runKeeper(root, (error) => log(`the event log of ${opening} could not be opened: ${messageOf(error)}`))
  return ({ id, compiled, tracked }) => {
    opening = id
    const kept = keep({ runId: id, plan: compiled, tracked })
    return {
      journal: kept.journal,
      see: kept.see,
      async finish() {
        try {
          await kept.finish()
        } catch (error) {
          log(`${id} could not be kept: ${messageOf(error)}`)
        }
      },
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
