// Run as a process of its own: edits its own lines of one file, one after the other, and says how many edits succeeded.
import { runBatch } from '../../../src/index.js'
import { standardOperations } from '../../../src/node.js'

const [, , root = '.', path = '', mark = '', count = '0'] = process.argv
const operations = Array.from({ length: Number(count) }, (_, index) => ({
  type: 'file',
  operation: 'edit',
  params: { path, edits: [{ find: `${mark}${index}.\n`, replace: `${mark}${index} done\n` }] },
}))
let succeeded = 0
for await (const event of runBatch({ operations, inferDependencies: false }, { operations: standardOperations({ root }) })) {
  if (event.type === 'operation-succeeded') succeeded += 1
  if (event.type === 'operation-failed') console.error(event.error.message)
}
console.log(succeeded)
