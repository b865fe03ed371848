// node manyFiles.js ROOT ATTEMPTS: writes 300 files side by side, and tells how their operations ended as JSON.
import { closeSync, openSync } from 'node:fs'
import { runBatch } from '../../src/engine/runBatch.js'
import { isTerminal } from '../../src/model/isTerminal.js'
import { standardOperations } from '../../src/operations/standard.js'

// All modules are loaded by now: from here on only a few files more can be opened.
const taken: number[] = []
try {
  for (;;) taken.push(openSync('/dev/null', 'r'))
} catch {
  for (const descriptor of taken.splice(0, 24)) closeSync(descriptor)
}

const [root, attempts] = process.argv.slice(2)
const operations = Array.from({ length: 300 }, (_, index) => ({
  type: 'file',
  operation: 'write',
  params: { path: `folder/${index}`, content: 'x' },
  retry: { attempts: Number(attempts), delayMs: 20, factor: 1 },
}))
const ends: Record<string, number> = {}
let finished = 0
for await (const event of runBatch({ operations, concurrency: 20 }, { operations: standardOperations({ root: root! }) })) {
  if (event.type === 'run-finished') finished++
  if (!isTerminal(event)) continue
  const end = event.type === 'operation-failed' ? `${event.error.type} ${'code' in event.error ? event.error.code : ''}` : event.type
  ends[end] = (ends[end] ?? 0) + 1
}
process.stdout.write(JSON.stringify({ finished, ends }))
