import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { operation, runBatch } from '../../../src/index.js'
import { fileJournal, readRunState, remaining } from '../../../src/node.js'
import { tempTree } from '../../support/tempTree.js'

const test = suite('runs that resume another one from code')

test('of two at the same time one goes on, and the other starts nothing', async () => {
  const root = tempTree({})
  try {
    const done: string[] = []
    let online = false
    const fetched = operation('fetch', () => {
      done.push('fetch')
      return online ? 1 : Promise.reject(new Error('offline'))
    })
    const kept = operation('keep', { fetched }, () => done.push('keep'))
    const plan = [fetched, kept]
    const { runId } = await lastValueFrom(runBatch(plan, { journal: fileJournal({ root }) }))
    online = true
    const state = await readRunState(join(root, '.millrace', 'runs', runId))
    if (state._tag === 'Left') throw new Error(JSON.stringify(state.left))
    const known = remaining(plan, state.right, 'retry')
    if (known._tag === 'Left') throw new Error(JSON.stringify(known.left))
    const resume = () => {
      const journal = fileJournal({ root, resumes: { run: state.right, known: known.right } })
      return lastValueFrom(runBatch(plan, { known: known.right, journal }).pipe(toArray()))
    }
    const both = await Promise.all([resume(), resume()])
    assert.equal(done, ['fetch', 'fetch', 'keep'])
    const [first, second] = both.map((events) => events.map(({ type }) => type))
    assert.is(first?.at(-1), 'run-finished')
    assert.equal(second, ['run-started', 'journal-failed', 'operation-skipped', 'operation-skipped', 'run-finished'])
    const last = both[1]?.at(-1)
    assert.ok(last?.type === 'run-finished' && !last.summary.ok && last.summary.stoppedBy?.type === 'journal')

    // Later too: it has been resumed.
    const third = (await resume()).map(({ type }) => type)
    assert.equal(third, second)
    assert.is(done.length, 3)
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 10 })
  }
})

test.run()
