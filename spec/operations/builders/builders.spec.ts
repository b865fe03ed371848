import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { operation, outcomeOf, refer, runBatch, valueOf } from '../../../src/index.js'
import { file, http, shell, standardOperations, type OperationRecord } from '../../../src/node.js'
import { inFolder } from '../../cli/command/millrace.js'

const test = suite('builders')

test('each writes the name of an operation type that there is, and of these three families there is one for each', () => {
  const written = Object.entries({ file, shell, http }).flatMap(([type, builders]) =>
    Object.entries(builders as unknown as Readonly<Record<string, (id: string, params: object) => object>>).map(([name, build]) => {
      assert.equal(build('a', {}), { id: 'a', type, operation: name, params: {} })
      return `${type}.${name}`
    }),
  )
  const known = [...standardOperations({ root: '.' }).keys()].filter((name) => /^(file|shell|http)\./.test(name))
  assert.equal(written.sort(), known.sort())
})

test('a function needs them like any operation, and a record of the same list too', () =>
  inFolder({ 'in.txt': 'mill' }, async (root) => {
    const version = shell.run('version', { command: ['node', '-p', '1 + 1'] })
    const saved = file.write('saved', { path: 'out.txt', content: refer(version, 'stdout') })
    const record = { id: 'record', type: 'file', operation: 'read', params: { path: 'in.txt' } }
    const all = operation('all', { version, saved, record }, ({ version, saved, record }) => [
      version.stdout.trim(),
      saved.path,
      (record as { readonly content: string }).content,
    ])
    const run = runBatch([version, saved, record, all], { operations: standardOperations({ root }) })
    assert.equal(await lastValueFrom(run.pipe(valueOf(all))), ['2', 'out.txt', 'mill'])
  }))

test('with a when other than success the outcome of a record is given', () =>
  inFolder({}, async (root) => {
    const absent = file.read('absent', { path: 'absent.txt' })
    const told = operation('told', { absent }, ({ absent }) => absent.type, { when: 'settled' })
    const run = runBatch([absent, told], { operations: standardOperations({ root }) })
    assert.is(await lastValueFrom(run.pipe(valueOf(told))), 'failed')
  }))

test('settings are those of every operation, with operations where a plan has ids', () => {
  const first = file.mkdir('first', { path: 'a' })
  assert.equal(file.mkdir('second', { path: 'b' }, { dependencies: [first, 'other'], retry: 3, priority: 'high' }), {
    id: 'second',
    type: 'file',
    operation: 'mkdir',
    params: { path: 'b' },
    dependencies: ['first', 'other'],
    retry: 3,
    priority: 'high',
  })
})

test('a record of a stream can be needed by the functions behind it', () =>
  inFolder({ 'in.txt': 'mill' }, async (root) => {
    const read = file.read('read', { path: 'in.txt' })
    const size = operation('size', { read }, ({ read }) => String(read.content).length)
    async function* source() {
      yield read
      yield await Promise.resolve(size)
    }
    const outcome = await lastValueFrom(runBatch(source, { operations: standardOperations({ root }) }).pipe(outcomeOf(size)))
    assert.equal(outcome, { type: 'succeeded', value: 4 })
  }))

test('mistakes are told by the call', () => {
  const build = file.write as unknown as (...given: readonly unknown[]) => unknown
  assert.throws(() => build('a', 'x.txt'), /^file\.write\("a"\): params: expected an object with its params, received "x\.txt"\.$/)
  assert.throws(() => build('a', {}, { retires: 1 }), /settings\.retires: there is no "retires" here\. Did you mean "retry"\?/)
})

test('what is wrong with params is told by the run, with the place', async () => {
  const wrong = (file.write as unknown as (id: string, params: object) => OperationRecord)('a', { path: 'x', contents: '' })
  const error: unknown = await lastValueFrom(runBatch([wrong], { operations: standardOperations({ root: '.' }) }).pipe(toArray())).catch(
    (reason: unknown) => reason,
  )
  assert.match((error as Error).message, 'operations[0].params.contents: "file.write" takes no "contents" here.')
})

test.run()
