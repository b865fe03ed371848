// node spec/docs/marblePictures.mjs: draws the marble diagrams of the documentation again, into docs/images/marbles.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { buildScripts } from '../../build.mjs'
import { transpileSpecs } from '../support/specs.mjs'

const to = 'docs/images/marbles'
const faults = [...(await buildScripts()), ...(await transpileSpecs('.'))]
if (faults.length > 0) throw new Error(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'))
const { marbleDiagrams } = await import('../../.spec/spec/docs/marbleDiagrams.js')
const { drawMarbles } = await import('../../.spec/spec/docs/drawMarbles.js')
await rm(to, { recursive: true, force: true })
await mkdir(to, { recursive: true })
for (const diagram of marbleDiagrams) await writeFile(`${to}/${diagram.name}.svg`, drawMarbles(diagram))
