import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastValueFrom } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { operation, runBatch } from '../../src/index.js'
import { fileJournal, standardOperations } from '../../src/node.js'
import { graphOf, readAboutRun } from '../../src/journal/aboutRun.js'
import { readRun } from '../../src/journal/readRun.js'

const test = suite('what is kept beside the events of a run')

async function inRoot<A>(work: (root: string) => Promise<A>): Promise<A> {
  const root = mkdtempSync(join(tmpdir(), 'millrace-about-'))
  try {
    return await work(root)
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 10 })
  }
}

const folderOf = (root: string, runId: string): string => join(root, '.millrace', 'runs', runId)

test('a run in code keeps what its operations are and how they hang together', () =>
  inRoot(async (root) => {
    const operations = [
      { id: 'dir', type: 'file', operation: 'mkdir', params: { path: 'a' } },
      { id: 'file', type: 'file', operation: 'write', params: { path: { $template: '{{dir.path}}/b' }, content: 'canary-4f7a93' } },
      { id: 'last', type: 'file', operation: 'list', params: { path: 'a' }, dependencies: ['file'] },
    ]
    const registry = standardOperations({ root })
    await lastValueFrom(runBatch({ operations }, { operations: registry, journal: fileJournal({ root }), runId: 'r' }))
    const about = readAboutRun(folderOf(root, 'r'))!
    assert.equal(
      about.operations.map(({ id, type, exact, shape }) => [id, type, exact?.length, exact === shape]),
      [
        ['dir', 'file.mkdir', 16, true],
        ['file', 'file.write', 16, false],
        ['last', 'file.list', 16, true],
      ],
    )
    const { wiring } = about
    const edges = wiring.targets.map((to, edge) => `${wiring.offsets.findLastIndex((from) => from <= edge)}>${to} ${wiring.kinds?.[edge]}`)
    assert.ok(edges.includes('0>1 1'), 'a reference')
    assert.ok(edges.includes('1>2 0'), 'a dependency')
    assert.equal(graphOf(about).operations.map(({ id }) => id), ['dir', 'file', 'last']) // prettier-ignore
    assert.not.match(readFileSync(join(folderOf(root, 'r'), 'run.json'), 'utf8'), 'canary')
  }))

test('inputs count for what a run is compared with: in params, and where they leave an operation out', () =>
  inRoot(async (root) => {
    const registry = standardOperations({ root })
    const shapeOf = async (runId: string, inputs: object): Promise<string | undefined> => {
      const operations = [
        { id: 'a', type: 'file', operation: 'list', params: { path: { $input: 'path' } } },
        { id: 'b', type: 'file', operation: 'list', params: { path: '.' }, if: { $input: 'full', is: true } },
      ]
      const plan = { inputs: { path: '.', full: true, ...inputs }, operations }
      await lastValueFrom(runBatch(plan, { operations: registry, journal: fileJournal({ root }), runId }))
      return readAboutRun(folderOf(root, runId))?.shape
    }
    const usual = await shapeOf('r1', {})
    assert.is(await shapeOf('r2', { full: true }), usual)
    assert.is.not(await shapeOf('r3', { path: 'sub' }), usual)
    assert.is.not(await shapeOf('r4', { full: false }), usual)
  }))

test('each run of one journal has its own', () =>
  inRoot(async (root) => {
    const journal = fileJournal({ root })
    await lastValueFrom(runBatch([operation('a', () => 1)], { journal, runId: 'one' }))
    await lastValueFrom(runBatch([operation('b', () => 1)], { journal, runId: 'two' }))
    assert.equal(['one', 'two'].map((runId) => readAboutRun(folderOf(root, runId))?.operations[0]?.id), ['a', 'b']) // prettier-ignore
  }))

test('a stream says that it is one', () =>
  inRoot(async (root) => {
    const source = (function* () {
      yield operation('a', () => 1)
    })()
    await lastValueFrom(runBatch(source, { journal: fileJournal({ root }), runId: 'r' }))
    const about = readAboutRun(folderOf(root, 'r'))
    assert.is(about?.streamed, true)
    assert.equal(about?.operations, [])
  }))

test('a file and a log of the first version are still read', () =>
  inRoot(async (root) => {
    const folder = join(root, 'old')
    mkdirSync(folder)
    const wiring = { ids: ['a', 'b'], nodes: 2, waits: [0, 1], offsets: [0, 1, 1], targets: [1] }
    writeFileSync(join(folder, 'run.json'), JSON.stringify({ v: 1, shape: 's', cpus: 2, nodeMajor: 20, plan: 'p.json', wiring }))
    const about = readAboutRun(folder)
    assert.equal(about?.operations, [{ id: 'a' }, { id: 'b' }])
    assert.is(about?.plan, 'p.json')
    assert.equal([...graphOf(about!).targets], [1])
    // Written by the version before this one.
    const lines = [
      '{"type":"run-started","runId":"r","seq":0,"at":1,"operations":0,"concurrency":6,"edges":{"explicit":0,"reference":0,"effect":0,"order":0},"crc":"39d23f51"}',
    ]
    writeFileSync(join(folder, 'events.ndjson'), `${lines.join('\n')}\n`)
    const read = []
    for await (const event of readRun(folder)) read.push(event.type)
    assert.equal(read, ['run-started'])
  }))

test('a file that says something else is none', () =>
  inRoot(async (root) => {
    for (const text of ['', '{', '{"v":3}', '{"v":2}', '{"v":1,"shape":"s"}', '[]']) {
      writeFileSync(join(root, 'run.json'), text)
      assert.is(readAboutRun(root), undefined, text)
    }
  }))

test.run()
