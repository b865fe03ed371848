import { runKeeper } from '../../journal/keepRun.js'
import type { ResumedRun } from '../../journal/resumedRun.js'
import type { CompiledPlan } from '../../model/graph.js'
import type { Keeper } from './batch.js'

export interface KeepRequest {
  readonly id: string
  readonly compiled: CompiledPlan
  /** Whether the run goes into the history. */
  readonly tracked: boolean
  /** The batch that it goes on with. */
  readonly resumes?: ResumedRun | undefined
  readonly traceparent?: string | undefined
}

/**
 * Keeps the batches of one server. A batch runs whether or not it can be kept: the answer does not depend on it. Only one that goes on
 * with another throws then: it must not run, for somebody else may be going on with the same one.
 */
export function keeping(root: string, log: (text: string) => void): (request: KeepRequest) => Keeper {
  let opening: Pick<KeepRequest, 'id' | 'resumes'> | undefined
  const keep = runKeeper(root, (error) => {
    if (opening?.resumes !== undefined) throw error
    log(`the event log of ${opening?.id ?? ''} could not be opened: ${messageOf(error)}`)
  })
  return (request) => {
    const { id, compiled, tracked, resumes, traceparent } = (opening = request)
    const origin = { ...(resumes !== undefined && { resumes }), ...(traceparent !== undefined && { traceparent }) }
    const kept = keep({ runId: id, plan: compiled, tracked, origin })
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
