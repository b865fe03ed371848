// node spec/tooling/sizes.mjs: names the files that have grown past what one idea takes. It warns and never fails: a
// table of data may be long.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { filesUnder } from '../support/transpile.mjs'

const limit = 200
const root = fileURLToPath(new URL('../..', import.meta.url))

const lengths = []
for (const folder of ['src', 'spec']) {
  for (const path of await filesUnder(join(root, folder))) {
    if (!/\.(ts|mjs)$/.test(path)) continue
    const text = await readFile(join(root, folder, path), 'utf8')
    lengths.push({ path: `${folder}/${path}`, lines: text.split('\n').length - 1 })
  }
}
lengths.sort((a, b) => b.lines - a.lines)
for (const { path, lines } of lengths.filter(({ lines }) => lines > limit)) console.log(`${path}: ${lines} lines, over ${limit}`)
