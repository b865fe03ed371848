// @limit 900
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { decodeLog } from '../../src/journal/log/decodeLog.js'
import { openRunLog } from '../../src/journal/runLog.js'
import { tempTree } from '../support/tempTree.js'

// Each kill takes a process of its own.

const test = suite('a process that is killed while it writes its log')

const child = fileURLToPath(new URL('appendForever.js', import.meta.url))

interface Killed {
  readonly root: string
  /** The last event it was told is kept; -1 for none. */
  readonly acknowledged: number
}

/** Starts a writer, and kills it some time after its first acknowledgement. */
function killed(durability: 'process' | 'power'): Promise<Killed> {
  const root = tempTree({ '.millrace/runs/r': null })
  const writer = spawn(process.execPath, [child, join(root, '.millrace/runs/r'), durability], { stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  writer.stdout.setEncoding('utf8').once('data', () => setTimeout(() => writer.kill('SIGKILL'), Math.random() * 30))
  writer.stdout.on('data', (text: string) => (told += text))
  return new Promise((resolve, reject) => {
    writer.on('error', reject)
    // A line of stdout cut short is no acknowledgement.
    writer.on('close', () => resolve({ root, acknowledged: Number(told.split('\n').at(-2) ?? -1) }))
  })
}

for (const durability of ['process', 'power'] as const)
  test(`${durability}: a hundred kills lose no event that was acknowledged`, async () => {
    for (let round = 0; round < 34; round++)
      for (const { root, acknowledged } of await Promise.all([1, 2, 3].map(() => killed(durability)))) {
        const { events, damage } = decodeLog(readFileSync(join(root, '.millrace/runs/r/events.ndjson')))
        assert.is(damage, undefined)
        assert.ok(acknowledged >= 0, 'it was killed before it had acknowledged anything')
        assert.ok(events.length > acknowledged, `${acknowledged} was acknowledged, ${events.length} events are there`)
        if (round === 0) await goOn(root, events.length)
      }
  })

async function goOn(root: string, seq: number): Promise<void> {
  const log = openRunLog(root, 'r')
  log.append({ type: 'operation-undone', runId: 'r', seq, at: seq, id: 'a' })
  await log.close()
  const { events, cutAt, damage } = decodeLog(readFileSync(join(root, '.millrace/runs/r/events.ndjson')))
  assert.equal({ length: events.length, cutAt, damage }, { length: seq + 1, cutAt: undefined, damage: undefined })
}

test.run()
