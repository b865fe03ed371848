// node spec/docs/sentences/write.mjs: writes the sentences that are shown most often into shown.txt beside it. Read what changed.
import { writeFile } from 'node:fs/promises'
import { transpileSpecs } from '../../support/specs.mjs'

const faults = await transpileSpecs('.')
if (faults.length > 0) throw new Error(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'))
const { shownSentences } = await import('../../../.spec/spec/docs/sentences/shown.js')
await writeFile('spec/docs/sentences/shown.txt', shownSentences())
