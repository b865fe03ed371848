// Run as a process of its own, to be killed: a run, or one that goes on with an earlier run. Says how many have ended, one line each.
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { runBatch } from '../../../../src/engine/runBatch.js'
import { fileJournal } from '../../../../src/journal/fileJournal.js'
import { readRunState } from '../../../../src/journal/resume/readRunState.js'
import { remaining } from '../../../../src/journal/resume/remaining.js'
import { timedPerformer } from '../../../../src/workers/bullmq/driver/bullmqPerformer.js'
import { countedPlan, countingOperations, queueKey, timingNamed } from './countedPlan.js'

const [url = '', root = '', size = '0', ms = '0', concurrency = '1', times, runId = 'r', earlier] = process.argv.slice(2)
const plan = countedPlan(Number(size), Number(ms))
const operations = countingOperations('')
const performer = timedPerformer({ url, key: queueKey }, timingNamed(times))

async function taken(): Promise<object> {
  if (earlier === undefined) return { journal: fileJournal({ root }) }
  const state = await readRunState(join(root, '.millrace', 'runs', earlier))
  if (state._tag === 'Left') throw new Error(JSON.stringify(state.left))
  const known = remaining(plan as never, state.right, 'resume', { operations })
  if (known._tag === 'Left') throw new Error(JSON.stringify(known.left))
  return { known: known.right, journal: fileJournal({ root, resumes: { run: state.right, known: known.right } }) }
}

const options = { operations, performer, concurrency: Number(concurrency), runId, ...(await taken()) }
// It is there.
writeSync(1, '>')
runBatch(plan as never, options).subscribe({
  next(event) {
    if (event.type === 'operation-succeeded' && event.reusedFrom === undefined) writeSync(1, '.')
    if (event.type === 'run-finished') writeSync(1, event.summary.ok ? '!' : `\n${JSON.stringify(event.summary)}\n`)
  },
  complete: () => void performer.close(),
})
