// Run as a process of its own, to be killed: runs a plan, or goes on with an earlier run of it. Says "begun" before its first attempt.
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { lastValueFrom, tap } from 'rxjs'
import { fileJournal } from '../../../src/journal/fileJournal.js'
import type { BatchEvent } from '../../../src/model/event.js'
import { readRunState } from '../../../src/journal/resume/readRunState.js'
import { remaining } from '../../../src/journal/resume/remaining.js'
import { runBatch } from '../../../src/engine/runBatch.js'
import { effectsIn, notedPlan, notingOperations } from './killedPlan.js'

const [root = '', seed = '0', runId = '', earlier] = process.argv.slice(2)
const { plan, sums } = notedPlan(Number(seed))
const operations = notingOperations(root)

async function settings(): Promise<object> {
  if (earlier === undefined) return { journal: fileJournal({ root }) }
  const state = await readRunState(join(root, '.millrace', 'runs', earlier))
  if (state._tag === 'Left') throw new Error(JSON.stringify(state.left))
  let known = remaining(plan, state.right, 'resume', { operations })
  if (known._tag === 'Left') {
    // As a person would: what was interrupted and has left its note is done.
    const effects = effectsIn(root)
    const rerun: string[] = []
    const done: Record<string, unknown> = {}
    for (const fault of known.left) {
      if (fault.type !== 'interrupted') throw new Error(JSON.stringify(fault))
      if (effects.has(fault.id)) done[fault.id] = { sum: sums.get(fault.id) }
      else rerun.push(fault.id)
    }
    known = remaining(plan, state.right, 'resume', { operations, rerun, done })
  }
  if (known._tag === 'Left') throw new Error(JSON.stringify(known.left))
  return { known: known.right, journal: fileJournal({ root, resumes: { run: state.right, known: known.right } }) }
}

const options = { operations, runId, ...(await settings()) }
const begun = tap((event: BatchEvent) => {
  if (event.type === 'run-started') writeSync(1, 'begun\n')
  if (event.type === 'journal-failed') throw new Error(`No log: ${JSON.stringify(event.error)}`)
})
const finished = await lastValueFrom(runBatch(plan, options).pipe(begun))
writeSync(1, finished.type === 'run-finished' && finished.summary.ok ? 'well\n' : `${JSON.stringify(finished)}\n`)
