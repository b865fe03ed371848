import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { notYetKnown, type Effects } from '../../../src/model/effects.js'
import { operationRegistry } from '../../../src/model/operationType.js'
import { fileOperations } from '../../../src/operations/file/fileOperations.js'

const test = suite('file effects')
const types = operationRegistry(fileOperations({ roots: ['/srv/app', '/data'] }))
const at = (...paths: readonly string[]) => paths.map((path) => ({ resource: `file:${path}` }))
const anywhere = [{ resource: 'file:', orderOnly: true }] as const

const rows: readonly (readonly [string, object, Effects])[] = [
  ['read', { path: 'a' }, { reads: at('/srv/app/a') }],
  ['read', { path: './x/../a//b/' }, { reads: at('/srv/app/a/b') }],
  ['read', { path: '/data/a' }, { reads: at('/data/a') }],
  ['read', { path: '../../../..' }, { reads: at('') }],
  ['read', { path: '%2e%2e/__proto__' }, { reads: at('/srv/app/%2e%2e/__proto__') }],
  ['read', { path: notYetKnown }, { reads: anywhere }],
  ['stat', { path: 'a' }, { reads: at('/srv/app/a') }],
  ['list', {}, { reads: at('/srv/app') }],
  ['list', { path: 'a', recursive: notYetKnown }, { reads: at('/srv/app/a') }],
  ['glob', { pattern: 'b/*' }, { reads: at('/srv/app') }],
  ['glob', { pattern: notYetKnown, cwd: 'a' }, { reads: at('/srv/app/a') }],
  ['glob', { pattern: '*', cwd: notYetKnown }, { reads: anywhere }],
  ['search', { text: 'x' }, { reads: at('/srv/app') }],
  ['search', { text: 'x', path: 'a' }, { reads: at('/srv/app/a') }],
  ['write', { path: 'a', content: notYetKnown }, { writes: at('/srv/app/a') }],
  ['write', { path: notYetKnown, content: '' }, { writes: anywhere }],
  ['create', { path: 'a', content: '' }, { writes: at('/srv/app/a') }],
  ['append', { path: 'a', content: '' }, { writes: at('/srv/app/a') }],
  ['edit', { path: 'a', edits: notYetKnown }, { reads: at('/srv/app/a'), writes: at('/srv/app/a') }],
  ['delete', { path: 'a' }, { writes: at('/srv/app/a') }],
  ['mkdir', { path: 'a' }, { writes: at('/srv/app/a') }],
  ['rmdir', { path: 'a' }, { writes: at('/srv/app/a') }],
  ['copy', { path: 'a', destination: 'b' }, { reads: at('/srv/app/a'), writes: at('/srv/app/b') }],
  ['copy', { path: notYetKnown, destination: 'b' }, { reads: anywhere, writes: at('/srv/app/b') }],
  ['move', { path: 'a', destination: 'b' }, { reads: at('/srv/app/a'), writes: at('/srv/app/a', '/srv/app/b') }],
]
for (const [operation, params, effects] of rows)
  test(`${operation} ${JSON.stringify(params, (_, value: unknown) => (value === notYetKnown ? '?' : value))}`, () =>
    // The params are of the shape this type's codec decodes to.
    assert.equal(types.get(`file.${operation}`)?.effects(params as never), effects))

test('the fourteen are there, undo themselves, and those that only read say so', () => {
  const readOnly = [...types.values()].filter((type) => type.readOnly?.({} as never) === true).map(({ operation }) => operation)
  assert.equal(
    [...types.keys()].sort().join(' '),
    'file.append file.copy file.create file.delete file.edit file.glob file.list file.mkdir file.move file.read file.rmdir file.search file.stat file.write',
  )
  assert.equal(readOnly.sort(), ['glob', 'list', 'read', 'search', 'stat'])
  assert.ok([...types.values()].every(({ undoes }) => undoes === true))
})

const bad: readonly (readonly [string, object])[] = [
  ['read', { path: '' }],
  ['read', { path: 'a\0b' }],
  ['read', { path: 'x'.repeat(4097) }],
  ['read', { path: 'a', limit: 0 }],
  ['read', { path: 'a', encoding: 'latin1' }],
  ['write', { path: 'a' }],
  ['write', { path: 'a', content: '', mode: 420 }],
  ['write', { path: 'a', content: '', mode: '4755' }],
  ['write', { path: 'a', content: '', overwrite: true }],
  ['edit', { path: 'a', edits: [] }],
  ['edit', { path: 'a', edits: [{ find: '', replace: '' }] }],
  ['copy', { path: 'a', destination: 'b\0' }],
  ['delete', { path: 'a', recursive: 'yes' }],
  ['glob', { pattern: '' }],
]
for (const [operation, params] of bad)
  test(`${operation} takes no ${JSON.stringify(params).slice(0, 80)}`, () =>
    assert.is(types.get(`file.${operation}`)?.params.is(params), false))

test.run()
