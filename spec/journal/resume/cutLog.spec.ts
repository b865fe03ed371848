// @limit 900
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastValueFrom } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fileJournal } from '../../../src/journal/fileJournal.js'
import { decide } from '../../../src/journal/resume/decision.js'
import { readRunState } from '../../../src/journal/resume/readRunState.js'
import { runBatch } from '../../../src/engine/runBatch.js'
import { tempTree } from '../../support/tempTree.js'
import { compiled, once, operations, safe } from './logOf.js'

// It reads a log as often as that has bytes.

const test = suite('a log of a run of 20, cut at every byte')

const plan = Array.from({ length: 20 }, (_, index) => {
  const more = { dependencies: index < 3 ? [] : [`op${index - 3}`], params: index > 5 ? { x: { $ref: `op${index - 4}` } } : {} }
  return index % 2 === 0 ? safe(`op${index}`, more) : once(`op${index}`, more)
})

interface Line {
  readonly type: string
  readonly id?: string
}

/** What has to be decided, by the whole lines alone. */
function expected(text: string): {
  readonly known: readonly string[]
  readonly interrupted: readonly string[]
  readonly finished: boolean
} {
  const lines = text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Line) // prettier-ignore
  const last = new Map(lines.flatMap(({ type, id }) => (id === undefined ? [] : [[id, type] as const])))
  const withLast = (wanted: string): readonly string[] => [...last].flatMap(([id, type]) => (type === wanted ? [id] : []))
  return {
    known: withLast('operation-succeeded'),
    interrupted: withLast('attempt-started').filter((id) => Number(id.slice(2)) % 2 === 1),
    finished: lines.at(-1)?.type === 'run-finished',
  }
}

test('gives the right plan, or says what is not decided', async () => {
  const root = tempTree({})
  try {
    await lastValueFrom(runBatch({ operations: plan, concurrency: 3 } as never, { operations, journal: fileJournal({ root }), runId: 'r' }))
    const folder = join(root, '.millrace', 'runs', 'r')
    const log = join(folder, 'events.ndjson')
    const bytes = readFileSync(log)
    const ready = compiled({ operations: plan, concurrency: 3 })
    for (let length = 0; length <= bytes.length; length++) {
      writeFileSync(log, bytes.subarray(0, length))
      const state = await readRunState(folder)
      assert.ok(state._tag === 'Right', `${length}`)
      const should = expected(bytes.toString('utf8', 0, length))
      const decided = decide(ready, state.right, 'resume')
      if (decided._tag === 'Right') {
        assert.equal([...decided.right.known.keys()].sort(), [...should.known].sort(), `${length}`)
        assert.equal(should.interrupted, [], `${length}`)
        assert.is(decided.right.left.length, plan.length - should.known.length, `${length}`)
      } else if (should.finished) assert.equal(decided.left, [{ type: 'finished', runId: 'r', kind: 'resume' }])
      else {
        const ids = decided.left.map((fault) => (fault.type === 'interrupted' ? fault.id : fault.type))
        assert.equal(ids.sort(), [...should.interrupted].sort(), `${length}`)
      }
    }
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 10 })
  }
})

test('a log whose bytes were changed is refused', async () => {
  const root = tempTree({})
  try {
    await lastValueFrom(runBatch({ operations: plan } as never, { operations, journal: fileJournal({ root }), runId: 'r' }))
    const folder = join(root, '.millrace', 'runs', 'r')
    const log = join(folder, 'events.ndjson')
    const bytes = readFileSync(log)
    for (let at = 0; at < bytes.length; at += 37) {
      const changed = Buffer.from(bytes)
      changed[at]! ^= 1
      writeFileSync(log, changed)
      const state = await readRunState(folder)
      // A line end that is gone at the very end makes the last line a torn one.
      if (state._tag === 'Right') assert.is(at, bytes.length - 1)
      else assert.is(state.left.type, 'damaged')
    }
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 10 })
  }
})

test.run()
