import { chmodSync, existsSync, mkdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bytesOfName, isTextName, nameOfBytes, systemName, textOfName } from '../../../src/operations/file/confine/fileName.js'
import { attemptContext } from '../../support/attemptContext.js'
import { bytesPath, snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const test = suite('names that are not UTF-8')

test('any bytes make a name that stands for exactly them', () =>
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
      const name = nameOfBytes(bytes)
      assert.equal([...bytesOfName(name)], [...bytes])
      assert.equal([...Buffer.from(systemName(name))], [...bytes])
      assert.is(isTextName(name), typeof systemName(name) === 'string')
      assert.ok(isTextName(textOfName(name)))
    }),
    { numRuns: 2_000 },
  ))

test('names of different bytes differ, what looks like an escape too', () => {
  const names = [[0xe9], [0xed, 0xb3, 0xa9], [0xef, 0xbf, 0xbd], [0xc3, 0xa9], [0xc3], [0xff, 0xfe], [0xf0, 0x9f, 0x98]].map((bytes) =>
    nameOfBytes(Buffer.from(bytes)),
  )
  assert.is(new Set(names).size, names.length)
})

// Only Linux lets a name be any bytes.
if (process.platform === 'linux') {
  /** Latin-1, bytes cut from within a character, Shift-JIS, bytes above ASCII, one that is text and looks like the others, a half. */
  const names = ['m\xe9.txt', '\xc3', '\x83\x65\x83\x58\x83\x67', '\xff\xfe\x80', 'a\xef\xbf\xbd', '\xed\xb3\xa9']
  const grown = (): string => {
    const root = tempTree({ 'd/a': 'a', 'd/sub/z': 'z', other: 'other' })
    for (const name of names) writeFileSync(bytesPath(root, 'd', name), `of ${name.length}`)
    mkdirSync(bytesPath(root, 'd', 'f\xf6lder'))
    writeFileSync(bytesPath(root, 'd', 'f\xf6lder', 'inner'), 'inner')
    writeFileSync(bytesPath(root, 'd', 'f\xf6lder', '\xfc'), 'needle')
    symlinkSync(Buffer.from('f\xf6lder/\xfc', 'latin1'), bytesPath(root, 'd', 'l\xefnk'))
    chmodSync(bytesPath(root, 'd', names[0]!), 0o640)
    return root
  }
  const below = (tree: Record<string, string>, folder: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(tree).flatMap(([path, entry]) => (path.startsWith(`${folder}/`) ? [[path.slice(folder.length + 1), entry]] : [])),
    )

  test('are copied with their folder, byte for byte', async () => {
    const root = grown()
    const before = snapshotOf(root)
    await fileBench(root).value('copy', { path: 'd', destination: 'e' })
    const after = snapshotOf(root)
    assert.is(Object.keys(below(before, 'd')).length, names.length + 7)
    assert.equal(below(after, 'e'), below(before, 'd'))
    assert.equal(below(after, 'd'), below(before, 'd'))
  })

  for (const [operation, params] of [
    ['delete', { path: 'd', recursive: true }],
    ['move', { path: 'd', destination: 'e/f' }],
    ['copy', { path: 'd', destination: 'e' }],
    ['copy', { path: 'other', destination: 'd', overwrite: true }],
    ['move', { path: 'other', destination: 'd', overwrite: true }],
    ['move', { path: 'd', destination: 'other', overwrite: true }],
  ] as const)
    test(`${operation} ${JSON.stringify(params)} is done whole, and taken back whole`, async () => {
      const root = grown()
      const before = snapshotOf(root)
      const context = attemptContext({ undoable: true })
      await fileBench(root).value(operation, params, context)
      const after = snapshotOf(root)
      if (operation !== 'copy' || params.path !== 'd') assert.equal(Object.keys(below(after, 'd')), [])
      assert.not.ok(Object.keys(after).some((path) => path.includes('.millrace-')))
      await context.undo()
      assert.equal(snapshotOf(root), before)
    })

  test('a link whose target is no text is followed and copied as it is', async () => {
    const root = grown()
    symlinkSync(Buffer.from('d/f\xf6lder/\xfc', 'latin1'), join(root, 'to'))
    const bench = fileBench(root)
    assert.equal(await bench.value('read', { path: 'to' }), { path: 'to', content: 'needle', bytes: 6 })
    await bench.value('edit', { path: 'to', edits: [{ find: 'needle', replace: 'thread' }] })
    assert.is(snapshotOf(root)['d/f%F6lder/%FC'], 'file 644 thread')
    await bench.value('copy', { path: 'to', destination: 'd/sub/to' }).catch(() => assert.unreachable())
    assert.equal(readlinkSync(join(root, 'd/sub/to'), 'buffer'), readlinkSync(join(root, 'to'), 'buffer'))
  })

  test('are shown by list, which names the folders that hold them', async () => {
    const { entries, notText } = (await fileBench(grown()).value('list', { recursive: true })) as {
      entries: readonly { path: string; kind: string }[]
      notText: readonly string[]
    }
    assert.equal(notText, ['d'])
    assert.ok(entries.some(({ path, kind }) => path === 'd/m\ufffd.txt' && kind === 'file'))
    assert.is(entries.length, names.length + 7 + 2)
  })

  test('are left out by glob, whose paths can all be used, and which names their folders', async () => {
    const bench = fileBench(grown())
    assert.equal(await bench.value('glob', { pattern: '**' }), { paths: ['d/a', 'd/a\ufffd', 'd/sub/z', 'other'], notText: ['d'] })
    assert.equal(await bench.value('glob', { pattern: '*/*.txt', cwd: 'd' }), { paths: [] })
    assert.equal(await bench.value('glob', { pattern: 'm?.txt', cwd: 'd' }), { paths: [], notText: ['d'] })
  })

  test('are searched; their matches are shown, and not given as paths', async () => {
    const found = await fileBench(grown()).value('search', { text: 'needle' })
    const match = { path: 'd/f\ufffdlder/\ufffd', line: 1, column: 1, text: 'needle' }
    assert.equal(found, { matches: [match], paths: [], files: names.length + 5, notText: ['d'] })
  })

  test('half of a surrogate pair in a path is no way to name one', () => {
    for (const path of ['\udce9', 'm\udce9.txt', '\ud83d'])
      assert.not.ok(fileBench(tempTree()).type('read').params.is({ path }), JSON.stringify(path))
  })

  test('a deletion that ends in the midst is taken back with them', async () => {
    const root = grown()
    for (let index = 0; index < 3_000; index++) writeFileSync(bytesPath(root, 'd', `\xe9${index}`), String(index))
    const before = snapshotOf(root)
    const controller = new AbortController()
    const context = attemptContext({ undoable: true, signal: controller.signal })
    const deleting = fileBench(root).attempt('delete', { path: 'd', recursive: true }, context)
    while (existsSync(join(root, 'd/a'))) await new Promise((resolve) => setImmediate(resolve))
    controller.abort()
    await deleting
    await context.undo()
    assert.equal(snapshotOf(root), before)
  })
}

test.run()
