import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lastValueFrom } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { operation, runBatch } from '../../src/index.js'
import { fileJournal } from '../../src/node.js'
import type { Durability } from '../../src/journal/log/logFile.js'
import { tempTree } from '../support/tempTree.js'

const test = suite('an attempt that may not be done twice')

/** Whether the log has the start of the attempt while its work begins. */
async function isThere(durability: Durability, repeatable: boolean): Promise<boolean> {
  const root = tempTree({})
  try {
    let there = false
    const log = join(root, '.millrace', 'runs', 'r', 'events.ndjson')
    const a = operation('a', () => void (there = readFileSync(log, 'utf8').includes('"attempt-started"')), { repeatable })
    await lastValueFrom(runBatch([a], { journal: fileJournal({ root, durability }), runId: 'r' }))
    return there
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 10 })
  }
}

test('is in the log before its work begins, so that a kill cannot make it one that never began', async () => {
  assert.is(await isThere('process', false), true)
  assert.is(await isThere('power', false), true)
})

test('costs nothing where it may be done twice, or where nothing is promised', async () => {
  assert.is(await isThere('process', true), false)
  assert.is(await isThere('none', false), false)
})

test.run()
