// Changes a file in a way that could be taken back, never takes it back, and tells how many backups there are then, and
// once nothing refers to the undo any more. With `exit` it keeps the undo until the process ends.
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { attemptContext } from '../../support/attemptContext.js'
import { fileBench } from './fileAttempt.js'

const [, , root = '.', until] = process.argv
const count = (): number => readdirSync(tmpdir()).filter((name) => name.startsWith('millrace-undo-')).length
let context: ReturnType<typeof attemptContext> | undefined = attemptContext({ undoable: true })
await fileBench(root).value('write', { path: 'file', content: 'new' }, context)
const counts = [count()]
if (until === 'exit') process.once('exit', () => context?.undos)
else {
  context = undefined
  for (let turn = 0; turn < 3_000 && count() > 0; turn++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  counts.push(count())
}
console.log(JSON.stringify(counts))
