import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { pageCode } from '../../../src/report/pageCode.js'
import { htmlReport } from '../../../src/report.js'
import { failed } from '../../report/support/goldenRuns.js'

/** The pictures of a page in a browser, below `docs/images`. */
export const photographs = ['report.png', 'live.png'] as const

const packages = ['core', 'http', 'cli', 'docs', 'site']
const step = (id: string, ms: number, settings: object = {}, end = '') => ({
  id,
  type: 'shell.run',
  params: { command: ['node', '-e', `console.log(${JSON.stringify(id)}); setTimeout(() => { ${end} }, ${ms})`] },
  ...settings,
})

/** The run that they show: a release of a few packages, whose programs take real time. */
export const releasePlan = {
  name: 'release',
  concurrency: 4,
  operations: [
    step('install', 900),
    ...packages.flatMap((name, index) => [
      step(`build ${name}`, 500 + 260 * index, { dependencies: index === 0 ? ['install'] : ['install', 'build core'] }),
      name === 'site'
        ? step(`test ${name}`, 700, { dependencies: [`build ${name}`] }, `console.error('expected 200, received 503'); process.exit(1)`)
        : step(`test ${name}`, 400 + 300 * ((index * 2) % 5), { dependencies: [`build ${name}`] }),
    ]),
    step('lint', 1_300, { dependencies: ['install'] }),
    step('pack', 300, { dependencies: ['lint', ...packages.map((name) => `test ${name}`)] }),
    step('publish', 300, { dependencies: ['pack'] }),
  ],
}

/**
 * What a photograph shows, as a digest: the plan of its run, the script and the style of the page as browsers get them, and the document
 * that the library makes of a run whose events never change. A change of any of these asks for new photographs.
 */
export function shown(): string {
  const { events, about } = failed()
  return createHash('sha256')
    .update(JSON.stringify([releasePlan, pageCode.live, htmlReport(events, about)]))
    .digest('hex')
}

const signature = 8
const headEnd = signature + 25 // IHDR is always the first chunk, with 13 bytes of data.
const keyword = 'millrace-shows'

/** A PNG that says in itself what it shows. */
export function stamped(png: Buffer, digest: string): Buffer {
  const body = Buffer.from(`tEXt${keyword}\0${digest}`, 'latin1')
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(body.length - 4, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  return Buffer.concat([png.subarray(0, headEnd), chunk, png.subarray(headEnd)])
}

/** What a PNG says that it shows; undefined where it says nothing. */
export function stampOf(png: Buffer): string | undefined {
  const [, digest] = new RegExp(`tEXt${keyword}\\0([0-9a-f]{64})`).exec(png.toString('latin1')) ?? []
  return digest
}
