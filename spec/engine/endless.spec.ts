// @limit 1200
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const test = suite('a stream without end')
const run = promisify(execFile)

// Ten million in CI; a tenth of that elsewhere, where it would keep people waiting.
const count = process.env['CI'] === 'true' ? 10_000_000 : 1_000_000

/** A process of its own with 64 MB for what lives long, which prints what its program logs. */
async function inSmallHeap(program: string, operations = count): Promise<unknown> {
  const { stdout } = await run(process.execPath, ['--max-old-space-size=64', '--input-type=module', '--eval', `${prelude}${program}`], {
    env: { ...process.env, COUNT: String(operations) },
  })
  return JSON.parse(stdout) as unknown
}

const prelude = `
  import { operationRegistry, runBatch } from 'millrace'
  import { anyJson, closed, text } from 'millrace/codec'
  const count = Number(process.env.COUNT)
  const noop = { type: 'x', operation: 'noop', summary: '', params: closed('nothing', {}, {}), result: anyJson, effects: () => ({}), perform: () => 1 }
  const operations = operationRegistry([noop])
  const log = (value) => console.log(JSON.stringify(value))
  function* records(of) { for (let n = 0; n < count; n++) yield of(n) }
  const unnamed = () => ({ type: 'x', operation: 'noop' })
  const named = (n) => ({ id: 'o' + n, type: 'x', operation: 'noop', ...(n > 500 && { dependencies: ['o' + (n - 500)] }) })
`

for (const kind of ['unnamed', 'named'])
  test(`of ${kind} operations runs in 64 MB`, async () => {
    const counts = await inSmallHeap(`
      runBatch(records(${kind}), { operations }).subscribe((event) => { if (event.type === 'run-finished') log(event.summary.counts) })
    `)
    assert.equal(counts, { total: count, succeeded: count, failed: 0, skipped: 0, cancelled: 0 })
  })

test('grows no memory under a slow reader', async () => {
  const read = await inSmallHeap(
    `
    let read = 0
    for await (const event of runBatch(records(unnamed), { operations }).iterate()) {
      read++
      if (read % 1000 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    log(read)
  `,
    1_000_000,
  )
  assert.is(read, 4_000_002)
})

test('is left behind at once by a reader that has seen enough', async () => {
  const pulled = await inSmallHeap(`
    let pulled = 0
    const endless = function* () { for (;;) { pulled++; yield unnamed() } }
    for await (const event of runBatch(endless(), { operations })) if (event.type === 'operation-succeeded') break
    log(pulled)
  `)
  assert.ok((pulled as number) < 2_000, `${String(pulled)} were pulled`)
})

test.run()
