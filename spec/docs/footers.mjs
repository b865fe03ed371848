// node spec/docs/footers.mjs: writes the line at the end of each page of the documentation that leads to the pages beside it.
import { readFile, writeFile } from 'node:fs/promises'
import { transpileSpecs } from '../support/specs.mjs'

const faults = await transpileSpecs('.')
if (faults.length > 0) throw new Error(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'))
const { pagesInOrder, withFooter } = await import('../../.spec/spec/docs/navigation.js')
for (const path of pagesInOrder()) await writeFile(`docs/${path}`, withFooter(path, await readFile(`docs/${path}`, 'utf8')))
