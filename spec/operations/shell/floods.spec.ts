import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { map } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import { eventText } from '../../../src/journal/log/eventText.js'
import type { BatchEvent } from '../../../src/model/event.js'
import { fileJournal } from '../../../src/journal/fileJournal.js'
import { standardOperations } from '../../../src/operations/standard.js'
import { untilStill } from '../../support/readerBehind.js'
import { inFolder, node } from './shellAttempt.js'

const test = suite('floods of output')
const pauseMs = Number(process.env['MILLRACE_PAUSE_MS'] ?? 1_500)
const lines = 2_000_000
const flood = { id: 'flood', type: 'shell', operation: 'run', params: { command: ['seq', '1', `${lines}`], maxOutputBytes: 1000 } }
const total = execFileSync('sh', ['-c', `seq 1 ${lines} | wc -c`], { encoding: 'utf8' })

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const mega = 1024 * 1024

// A minute: MILLRACE_PAUSE_MS=60000 npm run spec shell/floods
test('a reader that stops and goes on gets all of it, and the memory stays flat meanwhile', () =>
  inFolder(async (root) => {
    const run = runBatch([flood], { operations: standardOperations({ root }), journal: fileJournal({ root }) })
    let text = 0
    let last = ''
    let read = 0
    for await (const event of run) {
      if (event.type !== 'operation-output') continue
      text += event.text.length
      last = event.text
      read += 1
      if (read !== 3) continue
      const before = process.memoryUsage().rss
      await wait(pauseMs)
      const grown = process.memoryUsage().rss - before
      assert.ok(grown < 96 * mega, `grew by ${Math.round(grown / mega)} MiB`)
    }
    assert.is(text, Number(total))
    assert.ok(last.endsWith(`${lines}\n`))
  }))

test('so does one that reads through an operator', () =>
  inFolder(async (root) => {
    const run = runBatch([flood], { operations: standardOperations({ root }) })
    let read = 0
    let characters = 0
    for await (const text of run.iterate(map(eventText))) {
      read += 1
      characters += text.length
      if (read === 5) await wait(pauseMs / 3)
    }
    assert.ok(characters > Number(total))
  }))

test('a program that waits for its reader has not ended: it is paused', () =>
  inFolder(async (root) => {
    const script = `
      const { writeFileSync } = require('node:fs')
      let n = 0
      const more = () => { for (;;) { n += 1; writeFileSync('n', String(n)); if (!process.stdout.write('x'.repeat(65536))) return process.stdout.once('drain', more) } }
      more()`
    const program = { id: 'a', type: 'shell', operation: 'run', params: { command: node(script) } }
    const iterator = runBatch([program], { operations: standardOperations({ root }) }).iterate()
    // From here on the file is there.
    for (let type = ''; type !== 'operation-output';) type = ((await iterator.next()).value as BatchEvent).type
    const written = (): number => Number(readFileSync(join(root, 'n'), 'utf8'))
    const paused = await untilStill(written)
    // So many that the rest is less than what is allowed to be unread.
    for (let read = 0; read < 1_500; read += 1) await iterator.next()
    while (written() <= paused) await wait(50)
    await iterator.return?.()
  }))

test('one that is aborted while nobody reads ends', () =>
  inFolder(async (root) => {
    const stop = new AbortController()
    const run = runBatch([flood], { operations: standardOperations({ root }), signal: stop.signal })
    const types: string[] = []
    for await (const event of run) {
      types.push(event.type)
      if (types.length !== 4) continue
      await wait(300)
      stop.abort(new Error('enough'))
      await wait(300)
    }
    assert.equal(types.slice(-2), ['operation-cancelled', 'run-finished'])
  }))

test.run()
