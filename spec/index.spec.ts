import { build, type BuildOptions } from 'esbuild'
import { resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { gzipSync } from 'node:zlib'

const test = suite('the core entry')

interface Bundle {
  readonly gzippedBytes: number
  /** Bytes in the bundle by the file they come from. */
  readonly bytesOf: ReadonlyMap<string, number>
}

/** What an app that takes these names gets. A `node:` import fails the build. */
async function bundleOf(names: string, options: BuildOptions = {}): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export ${names} from './dist/index.js'`, resolveDir: resolve('.') },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    metafile: true,
    logLevel: 'silent',
    ...options,
  })
  const [output] = Object.values(metafile!.outputs)
  const bytesOf = new Map(Object.entries(output!.inputs).map(([path, { bytesInOutput }]) => [path, bytesInOutput]))
  return { gzippedBytes: gzipSync(outputFiles![0]!.contents, { level: 9 }).length, bytesOf }
}

const external = ['rxjs', 'fp-ts', 'io-ts', 'immer']

const bytesUnder = ({ bytesOf }: Bundle, folder: string): number =>
  [...bytesOf].reduce((sum, [path, bytes]) => (path.includes(folder) ? sum + bytes : sum), 0)

const shares = (bundle: Bundle): string =>
  ['model', 'graph', 'engine', 'operators', 'monitor'].map((layer) => `${layer} ${bytesUnder(bundle, `dist/${layer}/`)}`).join(', ')

// No target but a ceiling, which shows growth that nobody meant: raise it with a feature, lower it with a saving.
const ceilings: readonly (readonly [names: string, kilobytes: number])[] = [
  ['*', 85],
  ['{ runBatch }', 64],
  ['{ decodePlan, describeFault }', 13],
  ['{ snapshots, operationOf }', 5],
  ['{ valueOf, outcomes, onlyFailed }', 4.5],
]

for (const [names, kilobytes] of ceilings) {
  test(`takes at most ${kilobytes} KB for ${names}, gzipped, without the packages it stands on`, async () => {
    const bundle = await bundleOf(names, { external })
    assert.ok(bundle.gzippedBytes <= kilobytes * 1_000, `${bundle.gzippedBytes} bytes; before gzip: ${shares(bundle)}`)
  })
}

test('brings no engine along with an operator', async () => {
  const bundle = await bundleOf('{ valueOf, outcomes, snapshots, toNdjson }', { external })
  assert.is(bytesUnder(bundle, 'dist/engine/'), 0)
  assert.is(bytesUnder(bundle, 'dist/graph/'), 0)
})

test('has one copy of fp-ts, and little of it, with the alias that the docs name', async () => {
  const bundle = await bundleOf('*', { alias: { 'fp-ts/lib': 'fp-ts/es6' } })
  assert.is(bytesUnder(bundle, 'fp-ts/lib/'), 0)
  assert.ok(bytesUnder(bundle, 'fp-ts/es6/') < 10_000, `${bytesUnder(bundle, 'fp-ts/')} bytes`)
})

test.run()
