// Runs file operations in a process with less of something than it needs, and prints what they come to as JSON.
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { fileBench } from './fileAttempt.js'

const [, , root = '.', lack = 'files'] = process.argv
const bench = fileBench(root)

const ends: unknown[] = []
const endOf = async (operation: string, params: object): Promise<unknown> => {
  const end = await bench.attempt(operation, params)
  return end._tag === 'Right' ? 'succeeded' : { ...end.left, cause: undefined }
}
const note = async (operation: string, params: object): Promise<void> => void ends.push(await endOf(operation, params))

if (lack === 'files') {
  await note('write', { path: 'before', content: 'x' })
  const held: number[] = []
  // The process takes all the files it may have, as a busy one would.
  try {
    for (;;) held.push(openSync(join(root, 'file'), 'r'))
  } catch (error) {
    ends.push((error as { code: string }).code)
  }
  // Each waits for a while, whether one becomes free: all at the same time.
  const calls: readonly (readonly [string, object])[] = [
    ...['write', 'create', 'append'].map((operation) => [operation, { path: `sub/${operation}`, content: 'x' }] as const),
    ['read', { path: 'file' }],
    ['glob', { pattern: '**' }],
  ]
  ends.push(...(await Promise.all(calls.map(([operation, params]) => endOf(operation, params)))))
  const waiting = calls.map(([operation, params]) => endOf(operation, params))
  held.splice(0, 20).forEach((handle) => closeSync(handle))
  ends.push(...(await Promise.all(waiting)))
} else {
  await note('write', { path: 'file', content: 'x'.repeat(1_000_000) })
  await note('create', { path: 'sub/new', content: 'x'.repeat(1_000_000) })
  await note('append', { path: 'file', content: 'x'.repeat(1_000_000) })
  await note('write', { path: 'small', content: 'x' })
}
console.log(JSON.stringify(ends))
