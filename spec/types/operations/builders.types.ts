import { expectTypeOf } from 'expect-type'
import type { Observable } from 'rxjs'
import { operation, refer, runBatch, valueOf, type Operation, type Outcome } from '../../../src/index.js'
import { file, http, shell, type FileResult, type ShellResult } from '../../../src/node.js'

const version = shell.run('version', { command: ['node', '--version'] })
const saved = file.write('saved', { path: 'v', content: refer(version, 'stdout') }, { dependencies: [version] })
const page = http.request('page', { url: 'https://example.org' })

operation('all', { version, saved, page }, ({ version, saved, page }) => {
  expectTypeOf(version.stdout).toEqualTypeOf<string>()
  expectTypeOf(saved.bytes).toEqualTypeOf<number>()
  expectTypeOf(page.status).toEqualTypeOf<number>()
})
expectTypeOf(runBatch([version, saved]).pipe(valueOf(saved))).toEqualTypeOf<Observable<FileResult<'write'>>>()
expectTypeOf<ShellResult['exitCode']>().toEqualTypeOf<number>()

// A record of the same list can be a need; what it gives is not known.
const record = { id: 'record', type: 'file', operation: 'read', params: { path: 'x' } }
operation('of', { record }, ({ record }) => expectTypeOf(record).toEqualTypeOf<unknown>())

// @ts-expect-error -- there is no such param
file.write('a', { path: 'x', contents: '' })
// @ts-expect-error -- there is no such setting
shell.run('a', { command: ['ls'] }, { retires: 3 })

const list = operation('list', () => ['a', 'b'])
const plain = operation.each('plain', list, (item, { index }) => item.length + index)
expectTypeOf(plain).toEqualTypeOf<Operation<readonly number[]>>()
const settled = operation.each('settled', list, { saved }, (item, { saved }) => item + saved.path, { settle: true, label: (item) => item })
expectTypeOf(settled).toEqualTypeOf<Operation<readonly Outcome<string>[]>>()
operation.each('kept', list, (item) => item.length, { fallback: 0, retry: 3 })
// @ts-expect-error -- the fallback is for an item, whose result is a number
operation.each('kept', list, (item) => item.length, { fallback: [0] })
