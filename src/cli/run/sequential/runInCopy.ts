import { runBatch } from '../../../engine/runBatch.js'
import { compilePlan } from '../../../graph/compilePlan.js'
import type { Summary } from '../../../model/summary.js'
import { runRecorder } from '../../../monitor/history/runRecorder.js'
import type { RunRecord } from '../../../monitor/history/runRecord.js'
import { oneLine } from '../../../terminal/text/visible.js'
import { operationsFor, type PlanReaderFlags } from '../../flags/settings.js'
import { copyOfRoot } from './rootCopy.js'

interface Ran {
  readonly record: RunRecord
  readonly summary: Summary
}

/** Runs a plan once in fresh copies of its roots, which are gone afterwards; the run is in no history. */
export async function runInCopy(plan: unknown, roots: readonly string[], flags: PlanReaderFlags, signal: AbortSignal): Promise<Ran> {
  const copies = await Promise.all(roots.map(copyOfRoot))
  try {
    const operations = operationsFor({ ...flags, root: copies.map(({ path }) => path) })
    const compiled = compilePlan(plan, operations)
    // Their shape and machine are one and the same: they are compared with one another alone.
    const recorder = runRecorder({ shape: '', cpus: 1, nodeMajor: 1, ...(compiled._tag === 'Right' && { graph: compiled.right.graph }) })
    let summary: Summary | undefined
    for await (const event of runBatch(plan, { operations, signal })) {
      recorder.observe(event)
      if (event.type === 'run-finished') summary = event.summary
    }
    const record = recorder.record()
    if (record === undefined || summary === undefined) throw new Error('A defect in millrace: the run ended without a summary.')
    return { record, summary }
  } finally {
    await Promise.all(copies.map((copy) => copy.remove()))
  }
}

/** Why a run did not succeed, in one line. */
export function whyFailed({ rootCauses: [first] }: Summary): string {
  return first === undefined ? 'It did not do all of its plan.' : `${oneLine(first.id)} failed: ${oneLine(first.error.message)}`
}
