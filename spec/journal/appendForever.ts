// Run as a process of its own: appends events for ever, and says on stdout up to which one they are kept.
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { takeWriterLock } from '../../src/system/lock/writerLock.js'
import { openLog } from '../../src/journal/log/logFile.js'

const [folder = '', durability] = process.argv.slice(2)
takeWriterLock(folder)
// Nothing of its output is left out: every event counts here.
const log = openLog(join(folder, 'events.ndjson'), durability === 'power' ? 'power' : 'process', Infinity)
for (let seq = 0; ;) {
  // Of any size: what a kill tears should lie anywhere in a line.
  for (const end = seq + 1 + Math.floor(Math.random() * 20); seq < end; seq++)
    log.append({ type: 'operation-output', runId: 'r', seq, at: seq, id: 'a', stream: 'stdout', text: 'x'.repeat((seq * 37) % 3_000) })
  await log.flush()
  writeSync(1, `${seq - 1}\n`)
}
