import { execFileSync, spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Subscription } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import type { BatchEvent, TerminalEvent } from '../../src/model/event.js'
import { isTerminal } from '../../src/model/isTerminal.js'
import { standardOperations } from '../../src/operations/standard.js'
import { startBatch } from '../../src/operators/startBatch.js'
import { node, parsed, start } from '../cli/command/millrace.js'
import { tempTree } from '../support/tempTree.js'

const test = suite('faults of the machine')

async function endsOf(
  plan: object,
  root: string,
): Promise<{ readonly events: readonly BatchEvent[]; readonly ends: Map<string, TerminalEvent> }> {
  const events: BatchEvent[] = []
  const ends = new Map<string, TerminalEvent>()
  for await (const event of runBatch({ ...plan }, { operations: standardOperations({ root }) })) {
    events.push(event)
    if (isTerminal(event)) ends.set(event.id, event)
  }
  return { events, ends }
}

/** A disk of one MiB, where the system lets this process have one; else why not. */
function smallDisk(): string | Error {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-spec-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=700', 'millrace-spec', folder], { stdio: 'pipe' })
  } catch (error) {
    return error as Error
  }
  // Lazily: a child that had its output there may still be going.
  process.once('exit', () => execFileSync('umount', ['--lazy', folder]))
  return folder
}

const disk = smallDisk()
const root = typeof disk === 'string' ? disk : ''
/** Left out, and counted as such, where this process may not mount. */
const onSmallDisk = (title: string, body: () => Promise<void>): unknown =>
  typeof disk === 'string' ? test(title, body) : test.skip(`${title} (it may not mount: ${disk.message})`, body)

if (process.env['CI'] === 'true' && process.geteuid?.() === 0)
  test('has a disk of its own, unless that is forbidden even to the superuser', () => {
    assert.match(typeof disk === 'string' ? 'permission denied' : disk.message, /permission denied|not permitted|superuser/i)
  })

onSmallDisk('a full disk is a typed failure: what was there stays, the rest goes on', async () => {
  writeFileSync(join(root, 'old'), 'old')
  const file = (id: string, operation: string, params: object, rest: object = {}) => ({ id, type: 'file', operation, params, ...rest })
  const large = 'x'.repeat(4 * 1024 * 1024)
  const { events, ends } = await endsOf(
    {
      concurrency: 3,
      operations: [
        file('replace', 'write', { path: 'old', content: large }),
        file('new', 'create', { path: 'folder/new', content: large }),
        file('longer', 'append', { path: 'old', content: large }),
        // While the others fill the disk there is no room for this one either.
        file('small', 'write', { path: 'small', content: 'fits' }, { dependencies: ['replace', 'new', 'longer'], when: 'settled' }),
        file('after', 'read', { path: 'old' }, { when: 'settled' }),
      ],
    },
    root,
  )
  for (const id of ['replace', 'new', 'longer']) {
    const end = ends.get(id)
    assert.is(end?.type, 'operation-failed', id)
    assert.equal(end?.type === 'operation-failed' && [end.error.type, 'code' in end.error && end.error.code], ['system', 'ENOSPC'], id)
  }
  const after = ends.get('after')
  assert.is(after?.type === 'operation-succeeded' && (after.value as { readonly content: string }).content, 'old')
  assert.is(readFileSync(join(root, 'small'), 'utf8'), 'fits')
  assert.equal(readdirSync(root).sort(), ['folder', 'old', 'small'])
  assert.is(events.at(-1)?.type, 'run-finished')
})

onSmallDisk('a rollback finds its way on a full disk', async () => {
  writeFileSync(join(root, 'old'), 'o'.repeat(300 * 1024))
  const { events } = await endsOf(
    {
      onFailure: 'rollback',
      operations: [
        { id: 'one', type: 'file', operation: 'write', params: { path: 'old', content: 'new' } },
        {
          id: 'two',
          type: 'file',
          operation: 'write',
          params: { path: 'two', content: 'x'.repeat(2 * 1024 * 1024) },
          dependencies: ['one'],
        },
      ],
    },
    root,
  )
  assert.equal(
    events.filter(({ type }) => type === 'undo-failed'),
    [],
  )
  assert.is(readFileSync(join(root, 'old'), 'utf8'), 'o'.repeat(300 * 1024))
})

onSmallDisk('an event log on a full disk stops the run and says so', async () => {
  const plan = {
    operations: Array.from({ length: 4_000 }, (_, index) => ({ id: `o${index}`, type: 'file', operation: 'list', params: { path: '.' } })),
  }
  const folder = tempTree({ 'plan.json': JSON.stringify(plan) })
  for (const name of readdirSync(root)) execFileSync('rm', ['-r', join(root, name)])
  const out = openSync(join(root, 'events'), 'w')
  const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url))
  const ended = await new Promise<{ readonly code: number | null; readonly stderr: string }>((resolve) => {
    const child = spawn(process.execPath, [main, 'run', 'plan.json', '--events', '--quiet'], {
      cwd: folder,
      stdio: ['ignore', out, 'pipe'],
    })
    let stderr = ''
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('close', (code) => resolve({ code, stderr }))
  })
  closeSync(out)
  assert.is(ended.code, 1, ended.stderr)
  assert.match(ended.stderr, /^stdout could not be written: .*ENOSPC/m)
  const lines = readFileSync(join(root, 'events'), 'utf8').split('\n').slice(0, -1)
  assert.ok(lines.length > 100)
  lines.forEach((line, seq) => assert.is((JSON.parse(line) as BatchEvent).seq, seq))
})

const manyFiles = fileURLToPath(new URL('manyFiles.js', import.meta.url))
const writeMany = (attempts: number): { readonly finished: number; readonly ends: Record<string, number> } => {
  const command = 'ulimit -n 256; exec "$0" "$@"'
  const text = execFileSync('sh', ['-c', command, process.execPath, manyFiles, tempTree(), String(attempts)], { encoding: 'utf8' })
  return JSON.parse(text) as ReturnType<typeof writeMany> // As manyFiles.ts writes it.
}

test('too many open files: an operation waits for a free one, and none fails', () => {
  assert.equal(writeMany(1), { finished: 1, ends: { 'operation-succeeded': 300 } })
})

test('a clock that is set back and forth changes nothing', async () => {
  const realNow = Date.now
  let calls = 0
  Date.now = () => realNow() + (calls++ % 2 === 0 ? -1 : 1) * 3_600_000 * calls
  try {
    const { events, ends } = await endsOf(
      {
        operations: [
          node('slow', 'setTimeout(() => undefined, 60_000)', { timeoutMs: 100, retry: { attempts: 2, delayMs: 5 } }),
          node('quick', ''),
          { id: 'list', type: 'file', operation: 'list', params: {}, dependencies: ['quick'] },
        ],
      },
      tempTree(),
    )
    const slow = ends.get('slow')
    assert.is(slow?.type === 'operation-failed' && slow.error.type, 'timeout')
    assert.ok(slow?.type === 'operation-failed' && slow.durationMs >= 190 && slow.durationMs < 30_000)
    assert.is(ends.get('list')?.type, 'operation-succeeded')
    events.reduce((before, { at }) => (assert.ok(at >= before), at), 0)
  } finally {
    Date.now = realNow
  }
})

test('a closed stdout stops the run in good order, and loses nothing that was told before', async () => {
  const folder = tempTree()
  const operations = [
    node('first', 'console.log("a")'),
    node('waits', 'setTimeout(() => undefined, 60_000)', { dependencies: ['first'] }),
    node('never', '', { dependencies: ['waits'] }),
  ]
  writeFileSync(join(folder, 'plan.json'), JSON.stringify({ operations }))
  const running = start(['run', 'plan.json', '--events'], { cwd: folder })
  await running.told('"id":"waits","attempt":1')
  running.child.stdout!.destroy()
  running.child.kill('SIGINT') // So that there is something more to tell.
  const { code, stdout, stderr } = await running.ended
  assert.is(code, 130, stderr)
  assert.not.match(stderr, /EPIPE|at .*\.js/)
  assert.ok(parsed(stdout).some(({ type, id }) => type === 'operation-succeeded' && id === 'first'))
})

test('nothing is left of a run, whichever way one leaves it', async () => {
  const server = createServer(() => undefined) // It never answers.
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const folder = tempTree({ file: 'x' })
  const operations = [
    { id: 'read', type: 'file', operation: 'read', params: { path: 'file' } },
    // It works in the folder of the file, so it waits for the reader.
    node('program', 'console.log(1); setTimeout(() => undefined, 60_000)', { timeoutMs: 50_000 }),
    { id: 'request', type: 'http', operation: 'request', params: { url }, timeoutMs: 50_000 },
    { id: 'again', type: 'http', operation: 'request', params: { url: 'http://127.0.0.1:1/' }, retry: { attempts: 3, delayMs: 50_000 } },
  ]
  const plan: unknown = { operations, timeoutMs: 50_000 }
  const options = () => ({ operations: standardOperations({ root: folder, allowPrivateAddresses: true }), graceMs: 2_000 })
  /** From when on the program runs, the request waits for its answer, and the other for its next attempt. */
  const underWay = (): ((event: BatchEvent) => boolean) => {
    const missing = new Set(['operation-output program', 'attempt-started request', 'attempt-failed again'])
    return (event) => missing.delete(`${event.type} ${'id' in event ? event.id : ''}`) && missing.size === 0
  }
  const ways: Readonly<Record<string, () => Promise<unknown>>> = {
    'breaking out of for await': async () => {
      const isUnderWay = underWay()
      for await (const event of runBatch(plan, options())) if (isUnderWay(event)) break
    },
    unsubscribing: () =>
      new Promise<void>((resolve) => {
        const isUnderWay = underWay()
        const subscription: Subscription = runBatch(plan, options()).subscribe((event) => {
          if (!isUnderWay(event)) return
          subscription.unsubscribe()
          resolve()
        })
      }),
    'aborting its signal': () =>
      new Promise<void>((resolve) => {
        const isUnderWay = underWay()
        const controller = new AbortController()
        runBatch(plan, { ...options(), signal: controller.signal }).subscribe({
          next: (event) => isUnderWay(event) && controller.abort(),
          complete: resolve,
        })
      }),
    'cancelling a shared run': () => {
      const isUnderWay = underWay()
      const run = startBatch(plan, options())
      run.events$.subscribe((event) => isUnderWay(event) && run.cancel())
      return run.done
    },
  }
  const held: Record<string, readonly string[]> = {}
  for (const [way, leave] of Object.entries(ways)) {
    await leave()
    for (let turn = 0; turn < 3_000 && process.getActiveResourcesInfo().length > 1; turn++)
      await new Promise((resolve) => setTimeout(resolve, 10))
    held[way] = process.getActiveResourcesInfo()
  }
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  // The server alone.
  for (const [way, resources] of Object.entries(held)) assert.equal(resources, ['TCPServerWrap'], `after ${way}`)
})

test.run()
