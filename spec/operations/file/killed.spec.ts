import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { processMark, registerFolders } from '../../../src/operations/file/write/openWork.js'
import { removeAbandoned } from '../../../src/operations/file/write/removeAbandoned.js'
import { ownerName, thisOwner } from '../../../src/system/owner.js'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const test = suite('what a killed run leaves')

const script = fileURLToPath(new URL('./writeForever.js', import.meta.url))

/** Drafts and backups that are there now. */
function leftIn(root: string, temporary: string): readonly string[] {
  const drafts = pathsIn(root).filter((path) => /(^|\/)\.millrace-[0-9a-f]{24}$/.test(path))
  return [...drafts, ...readdirSync(temporary).filter((name) => name.startsWith('millrace-undo-'))]
}

/** Folders come and go while another process copies: one that goes while this looks is looked at again. */
function pathsIn(root: string): readonly string[] {
  for (;;)
    try {
      return readdirSync(root, { recursive: true, encoding: 'utf8' })
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOENT') throw error
    }
}

for (const state of ['with a state folder', 'without one'])
  test(`is removed by the next start, ${state}`, async () => {
    const root = tempTree({ ...(state === 'with a state folder' && { '.millrace': null }) })
    const temporary = tempTree()
    let most = 0
    for (let round = 0; round < 6; round++) {
      const child = spawn(process.execPath, [script, root], { env: { ...process.env, TMPDIR: temporary }, stdio: 'ignore' })
      const ended = new Promise((resolve) => child.on('close', resolve))
      while (leftIn(root, temporary).length < 2) await new Promise((resolve) => setTimeout(resolve, 3))
      await new Promise((resolve) => setTimeout(resolve, round * 7))
      child.kill('SIGKILL')
      await ended
      most = Math.max(most, leftIn(root, temporary).length)
    }
    assert.ok(most > 0, 'nothing was ever left: this spec shows nothing')
    await removeAbandoned([root])
    assert.equal(leftIn(root, temporary), [])
    if (state === 'without one') assert.not.ok(existsSync(join(root, '.millrace')))
  })

const draft = (mark: string): string => `.millrace-${mark}${'0'.repeat(16)}`

/** A register of drafts in a folder, as a process would have kept it. */
function registered(root: string, owner: Parameters<typeof ownerName>[0], mark: string, lines: readonly object[]): string {
  const [folder] = registerFolders([root])
  mkdirSync(folder!, { recursive: true })
  const register = join(folder!, `${ownerName(owner)}-${mark}`)
  writeFileSync(register, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return register
}

test('is left alone while its process lives, or cannot be judged; of the latter it goes after a day', async () => {
  const root = tempTree({
    '.millrace': null,
    [`d/${draft('aaaaaaaa')}`]: '',
    [`d/${draft('bbbbbbbb')}`]: '',
    [`d/${draft('cccccccc')}`]: '',
  })
  const line = (mark: string) => [{ type: 'drafts', folder: join(root, 'd'), prefix: `.millrace-${mark}` }]
  const living = registered(root, thisOwner(), 'aaaaaaaa', line('aaaaaaaa'))
  const unknown = registered(root, { ...thisOwner(), numbers: '7' }, 'bbbbbbbb', line('bbbbbbbb'))
  registered(root, { ...thisOwner(), pid: 2 ** 30, start: '1' }, 'cccccccc', line('cccccccc'))
  await removeAbandoned([root])
  assert.equal(readdirSync(join(root, 'd')), [draft('aaaaaaaa'), draft('bbbbbbbb')])
  utimesSync(unknown, 0, 0)
  await removeAbandoned([root])
  assert.equal(readdirSync(join(root, 'd')), [draft('aaaaaaaa')])
  assert.ok(existsSync(living))
})

test('a torn line, a folder that is gone, one that is a link now, and the only copy of an undo are no reason to remove anything else', async () => {
  const temporary = tempTree({ 'millrace-undo-kept/kept': 'x', 'mine/kept': 'x' })
  const root = tempTree({ '.millrace': null, [`elsewhere/${draft('dddddddd')}`]: 'x', d: { link: 'elsewhere' }, other: 'x' })
  const register = registered(root, { ...thisOwner(), pid: 2 ** 30, start: '1' }, 'dddddddd', [
    { type: 'drafts', folder: join(root, 'gone'), prefix: '.millrace-dddddddd' },
    { type: 'drafts', folder: join(root, 'd'), prefix: '.millrace-dddddddd' },
    { type: 'backup', folder: join(temporary, 'mine') },
    { type: 'backup', folder: join(temporary, 'millrace-undo-kept') },
    { type: 'kept', folder: join(temporary, 'millrace-undo-kept') },
  ])
  writeFileSync(register, '{"type":"backup","folder":"', { flag: 'a' })
  const before = [snapshotOf(root), snapshotOf(temporary)]
  await removeAbandoned([root])
  const after = [snapshotOf(root), snapshotOf(temporary)]
  assert.not.ok(existsSync(register))
  assert.equal(
    Object.keys(after[0]!),
    Object.keys(before[0]!).filter((path) => !path.includes('dddddddd') || path.startsWith('elsewhere')),
  )
  assert.equal(after[1], before[1])
})

test('drafts are neither listed, found, searched nor copied', async () => {
  const root = tempTree({ 'd/a': 'x', [`d/${draft(processMark)}`]: 'x', [`d/sub/${draft('eeeeeeee')}/y`]: 'x', 'd/.millrace-notes': 'x' })
  const bench = fileBench(root)
  const { entries } = (await bench.value('list', { recursive: true })) as { entries: readonly { path: string }[] }
  assert.equal(
    entries.map(({ path }) => path),
    ['d', 'd/.millrace-notes', 'd/a', 'd/sub'],
  )
  assert.equal(await bench.value('glob', { pattern: '**', dot: true }), { paths: ['d/.millrace-notes', 'd/a'] })
  assert.equal(((await bench.value('search', { text: 'x', pattern: ['**', '**/.*', '**/.*/**'] })) as { paths: unknown }).paths, [
    'd/.millrace-notes',
    'd/a',
  ])
  await bench.value('copy', { path: 'd', destination: 'e' })
  assert.equal(Object.keys(snapshotOf(join(root, 'e'))), ['.millrace-notes', 'a', 'sub'])
})

test.run()
