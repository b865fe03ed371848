import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastValueFrom } from 'rxjs'
import { runBatch } from '../../src/index.js'
import { standardOperations } from '../../src/node.js'
import type { Sample } from './sample.js'
import { initialize, serverArgs, serverProcess } from './serverProcess.js'
import { timed } from './timed.js'

/** One call of `batch_execute` after another, over stdio: what the server's process spends, and how long its client waits. */
export interface CallSettings {
  readonly calls: number
}

/** Two reads, of which the second needs the first: little enough that the call itself is seen. */
const operations = [
  { id: 'notes', type: 'file', operation: 'read', params: { path: 'notes.md' } },
  { id: 'age', type: 'file', operation: 'stat', params: { path: { $ref: 'notes.path' } } },
]

export async function measureCalls(contender: string, { calls }: CallSettings): Promise<Sample> {
  const root = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  try {
    await writeFile(join(root, 'notes.md'), 'Nothing yet.\n')
    return await (contender === 'without a server' ? alone(root, calls) : called(contender, root, calls))
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

async function called(contender: string, root: string, calls: number): Promise<Sample> {
  const server = serverProcess(serverArgs(contender, root))
  const problems = [...(await initialize(server))]
  server.tell('notifications/initialized')
  const before = await server.usage()
  const wallBefore = performance.now()
  const tracked = contender !== 'millrace, untracked'
  const call = { name: 'batch_execute', arguments: { operations, ...(!tracked && { config: { trackPerformance: false } }) } }
  const answers: unknown[] = []
  for (let index = 0; index < calls; index++) answers.push(await server.ask('tools/call', call))
  const wallMs = performance.now() - wallBefore
  const { cpuMs, peakMb } = await server.usage()
  await server.end()
  const wrong = contender === 'by hand' ? undefined : answers.find((answer) => !succeeded(answer))
  if (wrong !== undefined) problems.push(`a call was answered with ${JSON.stringify(wrong)}`)
  return { operations: calls, cpuMs: cpuMs - before.cpuMs, wallMs, peakMb, problems }
}

function succeeded(answer: unknown): boolean {
  const { content = [] } = answer as { readonly content?: readonly { readonly text?: string }[] } // If it is a result.
  return content[0]?.text?.startsWith(`${operations.length} of ${operations.length} succeeded`) === true
}

/** The same batch from the same text in this process, with no server, no log and no history. */
async function alone(root: string, calls: number): Promise<Sample> {
  const known = standardOperations({ root })
  const text = JSON.stringify({ operations })
  let failed = 0
  const spent = await timed(async () => {
    for (let index = 0; index < calls; index++) {
      const finished = await lastValueFrom(runBatch(JSON.parse(text), { operations: known }))
      if (finished.type !== 'run-finished' || !finished.summary.ok) failed++
    }
  })
  return { operations: calls, ...spent, problems: failed === 0 ? [] : [`${failed} of ${calls} batches failed`] }
}
