import { defaultGraceMs } from '../../model/limits.js'
import type { RollbackSummary } from '../../model/summary.js'
import { rollBack, type RollbackListener } from '../attempts/rollback.js'
import type { RunContext } from './runContext.js'

/** Every operation has ended: takes back what has to be taken back, and reports. */
export function finish(run: RunContext): void {
  const { undos, counted, batch, subscriber, scheduler, tell, now, options } = run
  run.finishing = true
  if (counted.ok() || batch.onFailure !== 'rollback') return report(run, undefined)
  const { steps, notUndoable } = undos.entries()
  const failed: string[] = []
  let undone = 0
  const listener: RollbackListener = {
    undone(task) {
      undone++
      tell.undone(now(), task)
    },
    failed(task, error) {
      failed.push(task.id)
      tell.undoFailed(now(), task, error)
    },
    finished: () => report(run, { undone, failed, notUndoable }),
  }
  subscriber.add(rollBack(steps, { scheduler, graceMs: options.graceMs ?? defaultGraceMs }, listener))
}

// The log is whole before the run is said to have finished, and holds that as well before the stream completes.
function report(run: RunContext, rollback: RollbackSummary | undefined): void {
  const { kept, now, tell, counted, runId, startedAt, concurrency, batch, table, subscriber } = run
  kept.end(() => {
    const finishedAt = now()
    const frame = { runId, startedAt, finishedAt, concurrency, name: batch.name, total: table.total, stoppedBy: run.stopped, rollback }
    tell.runFinished(finishedAt, counted.summary(frame))
    kept.end(() => subscriber.complete())
  })
}
