// Runs file operations in a process with less of something than it needs, and prints what they come to as JSON.
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { fileBench } from './fileAttempt.js'

const [, , root = '.', lack = 'files'] = process.argv
const bench = fileBench(root)

const ends: unknown[] = []
const note = async (operation: string, params: object): Promise<void> => {
  const end = await bench.attempt(operation, params)
  ends.push(end._tag === 'Right' ? 'succeeded' : { ...end.left, cause: undefined })
}

if (lack === 'files') {
  await note('write', { path: 'before', content: 'x' })
  const held: number[] = []
  // The process takes all the files it may have, as a busy one would.
  try {
    for (;;) held.push(openSync(join(root, 'file'), 'r'))
  } catch (error) {
    ends.push((error as { code: string }).code)
  }
  for (const operation of ['write', 'create', 'append']) await note(operation, { path: `sub/${operation}`, content: 'x' })
  await note('read', { path: 'file' })
  await note('glob', { pattern: '**' })
} else {
  await note('write', { path: 'file', content: 'x'.repeat(1_000_000) })
  await note('create', { path: 'sub/new', content: 'x'.repeat(1_000_000) })
  await note('append', { path: 'file', content: 'x'.repeat(1_000_000) })
  await note('write', { path: 'small', content: 'x' })
}
console.log(JSON.stringify(ends))
