import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/index.js'
import { standardOperations } from '../../src/node.js'
import { batchText, sources, texts } from './sevenOperations.js'

const test = suite('the seven operations of the benchmark')

test('the message does what is written by hand, in an order that the places by hand allow', async () => {
  const root = await mkdtemp(join(tmpdir(), 'millrace-spec-'))
  try {
    const message: unknown = JSON.parse(batchText('b7'))
    const events = await lastValueFrom(runBatch(message, { operations: standardOperations({ root }) }).pipe(toArray()))
    const ids = (message as { readonly operations: readonly { readonly id: string }[] }).operations.map(({ id }) => id) // As it was written.
    const at = (type: string, id: string): number => events.findIndex((event) => event.type === type && 'id' in event && event.id === id)
    assert.is(sources.length, ids.length)
    sources.forEach((needed, place) => {
      const started = at('attempt-started', ids[place]!)
      assert.ok(started > 0, `${ids[place]} started`)
      for (const source of needed) {
        const ended = at('operation-succeeded', ids[source]!)
        assert.ok(ended > 0 && ended < started, `${ids[place]} started after ${ids[source]} had ended`)
      }
    })
    const notes = texts.notes('b7', Buffer.byteLength(texts.manifest), Buffer.byteLength(texts.main))
    assert.is(await readFile(join(root, 'b7/app/NOTES.md'), 'utf8'), notes)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
})

test.run()
