// npm run pictures: makes every picture of the documentation again. Runs the plans that they show, by the command line as it was built;
// those of a page in a browser need a Chromium. `-- --drawn` draws anew what needs neither, from the runs recorded last.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { build } from '../../../build.mjs'
import { transpileSpecs } from '../../support/specs.mjs'
import { photograph } from './photograph.mjs'
import { record } from './record.mjs'

await build()
const faults = await transpileSpecs('.')
if (faults.length > 0) throw new Error(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'))

const drawnAlone = process.argv.includes('--drawn')
if (!drawnAlone) await record()
await rm('docs/images/marbles', { recursive: true, force: true })
const { drawnPictures } = await import('../../../.spec/spec/docs/pictures/drawnPictures.js')
for (const { name, draw } of drawnPictures) {
  const path = `docs/images/${name}`
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, draw())
  console.log(path)
}
if (!drawnAlone) await photograph()
