// Run as a process of its own: writes, copies and edits for ever, in a way that could be taken back.
import { attemptContext } from '../../support/attemptContext.js'
import { fileBench } from './fileAttempt.js'

const [, , root = '.'] = process.argv
const bench = fileBench(root)
const content = 'x'.repeat(300_000)
for (let index = 0; ; index++) {
  const context = attemptContext({ undoable: true })
  const path = `d/${index % 3}/f`
  await Promise.all([
    bench.value('write', { path, content }, context),
    bench.attempt('copy', { path: 'd', destination: `copy-${index % 2}`, overwrite: true }, context),
    bench.attempt('edit', { path, edits: [{ find: 'xxxx', replace: 'xxxy', all: true }] }, context),
  ])
}
