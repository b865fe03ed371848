import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { aboutRun } from '../../../src/journal/aboutRun.js'
import { readRunState } from '../../../src/journal/resume/readRunState.js'
import { runToResume } from '../../../src/journal/resume/runToResume.js'
import { openRunLog } from '../../../src/journal/runLog.js'
import { tempTree } from '../../support/tempTree.js'
import { compiled, safe } from './logOf.js'

const test = suite('a run that is killed while its log is being made')

const plan = compiled({ operations: [safe('a'), safe('b')] })
const started = {
  type: 'run-started',
  runId: 'r0',
  seq: 0,
  at: 1,
  operations: 2,
  concurrency: 6,
  edges: { explicit: 0, reference: 0, effect: 0, order: 0 },
} as const

/** Opens the log of `r1`, which resumes `r0`, and leaves of it what a kill would have. */
async function opening(leave: (runs: string) => void): Promise<string> {
  const root = tempTree({})
  const first = openRunLog(root, 'r0', { about: aboutRun(plan) })
  first.append(started)
  await first.close()
  const second = openRunLog(root, 'r1', { about: aboutRun(plan, { resumes: { runId: 'r0', reused: [] } }) })
  await second.close()
  leave(join(root, '.millrace', 'runs'))
  return root
}

/** What is there so far, step by step. */
const steps: Readonly<Record<string, (runs: string) => void>> = {
  'nothing but the lock of the earlier run': (runs) => {
    rmSync(join(runs, 'r0', 'resumed.json'))
    rmSync(join(runs, 'r1'), { recursive: true })
  },
  'half of the word that the earlier run is resumed': (runs) => {
    truncateSync(join(runs, 'r0', 'resumed.json'), 5)
    rmSync(join(runs, 'r1'), { recursive: true })
  },
  'that word': (runs) => rmSync(join(runs, 'r1'), { recursive: true }),
  'its folder': (runs) => {
    rmSync(join(runs, 'r1', 'run.json'))
    rmSync(join(runs, 'r1', 'events.ndjson'))
  },
  'an empty log': (runs) => rmSync(join(runs, 'r1', 'run.json')),
  'half of what stands beside the events': (runs) => {
    rmSync(join(runs, 'r1', 'run.json'))
    writeFileSync(join(runs, 'r1', 'run.json.draft'), '{"v":2,"sha')
  },
}

for (const [what, leave] of Object.entries(steps))
  test(`with ${what}: the earlier run is the one to resume, and can be`, async () => {
    const root = await opening(leave)
    const runs = join(root, '.millrace', 'runs')
    assert.is(basename((await runToResume(root, 'resume')) ?? ''), 'r0')
    assert.is(basename((await runToResume(root, 'retry')) ?? ''), 'r0')
    assert.is((await readRunState(join(runs, 'r0')))._tag, 'Right')
    assert.equal(await readRunState(join(runs, 'r1')), { _tag: 'Left', left: { type: 'unknown-run', runId: 'r1' } })
    const third = openRunLog(root, 'r2', { about: aboutRun(plan, { resumes: { runId: 'r0', reused: [] } }) })
    await third.close()
    assert.is(basename((await runToResume(root, 'resume')) ?? ''), 'r2')
  })

test('with everything but an event: it is the one to resume', async () => {
  const root = await opening(() => undefined)
  const runs = join(root, '.millrace', 'runs')
  assert.is(basename((await runToResume(root, 'resume')) ?? ''), 'r1')
  assert.equal(await readRunState(join(runs, 'r0')), { _tag: 'Left', left: { type: 'resumed', runId: 'r0', by: 'r1' } })
  const state = await readRunState(join(runs, 'r1'))
  assert.ok(state._tag === 'Right')
  assert.equal([...state.right.operations], [])
})

test('what stands beside the events is damaged: it cannot be resumed, and the fault says so', async () => {
  const root = await opening((runs) => writeFileSync(join(runs, 'r1', 'run.json'), '{"v":2,"sha'))
  assert.equal(await readRunState(join(root, '.millrace', 'runs', 'r1')), {
    _tag: 'Left',
    left: {
      type: 'damaged',
      runId: 'r1',
      message: 'run.json beside it was changed, or was written by a later version of millrace.',
    },
  })
})

test.run()
