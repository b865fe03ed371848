import { aboutRun } from '../../journal/aboutRun.js'
import { followAdvice } from '../../journal/history/followAdvice.js'
import { entryBehind } from '../../journal/history/historyEntryOf.js'
import { appendHistory } from '../../journal/history/historyFile.js'
import { defaultRetention, dropOldRuns, type SeenRuns } from '../../journal/retention.js'
import { openRunLog } from '../../journal/runLog.js'
import type { CompiledPlan } from '../../model/graph.js'
import { runRecorder } from '../../monitor/history/runRecorder.js'
import { shapeHash, type ShapedOperation } from '../../monitor/history/shapeHash.js'
import type { Keeper } from './batch.js'

export interface KeepRequest {
  readonly id: string
  readonly plan: { readonly [key: string]: unknown }
  readonly compiled: CompiledPlan
  /** Whether the run goes into the history. */
  readonly tracked: boolean
}

/** Keeps the batches of one server: in what is told of them, nothing that was read for one is read again for the next. */
export function keeping(root: string, log: (text: string) => void): (request: KeepRequest) => Keeper {
  const seen: SeenRuns = new Map()
  const advised = followAdvice(root)

  /** Opens the event log of a batch, and watches it for its line in the history. */
  return ({ id, plan, compiled, tracked }) => {
    // A plan that was compiled has a list of operations.
    const about = aboutRun(compiled, shapeHash({ operations: plan['operations'] as readonly ShapedOperation[] }))
    const recorder = runRecorder({ ...about, graph: compiled.graph })
    const opened = open(root, id, about, log)
    // A second signal ends this process at once: what was told before must be in the log.
    const write = (): void => opened?.write()
    process.once('exit', write)
    return {
      journal: opened,
      see: (event) => recorder.observe(event),
      async finish() {
        // What cannot be kept changes nothing about what the batch did, which is what its caller is told.
        try {
          process.off('exit', write)
          await opened?.close()
          const record = tracked ? recorder.record() : undefined
          if (record !== undefined) await appendHistory(root, entryBehind(advised(), record, undefined))
          await dropOldRuns(root, defaultRetention, Date.now(), seen)
        } catch (error) {
          log(`${id} could not be kept: ${error instanceof Error ? error.message : String(error)}`)
        }
      },
    }
  }
}

/** A batch runs whether or not its log can be written: the answer does not depend on it. */
function open(root: string, id: string, about: ReturnType<typeof aboutRun>, log: (text: string) => void) {
  try {
    return openRunLog(root, id, { about })
  } catch (error) {
    log(`the event log of ${id} could not be opened: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}
