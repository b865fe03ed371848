// Run as a process of its own: `[folder, file, keys, turns]` adds 1 to the number in a file so many times, each time under all keys.
import { readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { lockTableIn } from '../../../src/system/lock/lockTable.js'
import { withLocks } from '../../../src/system/lock/withLocks.js'

const [folder = '', file = '', keys = '', turns = '0'] = process.argv.slice(2)
const table = lockTableIn(() => join(folder, 'locks'))
for (let turn = 0; turn < Number(turns); turn++) {
  await withLocks(keys.split(','), { label: file, table }, async () => {
    const before = Number(readFileSync(file, 'utf8'))
    // Lets the other process in, if the lock does.
    await new Promise((resolve) => setImmediate(resolve))
    // Whole or not at all, however it is killed.
    writeFileSync(`${file}.${process.pid}`, String(before + 1))
    renameSync(`${file}.${process.pid}`, file)
    writeSync(1, `${before + 1}\n`)
  })
}
