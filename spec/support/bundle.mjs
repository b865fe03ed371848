// The command line and the server as few files with all they need: a module of its own for each of 400 files costs five times
// what Node itself takes to start. Not minified, which makes no start shorter and every stack trace unreadable.
import { builtinModules } from 'node:module'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { lean } from './bundleLean.mjs'
import { noticesOf } from './bundleNotices.mjs'
import { filesUnder, writeIfChanged } from './transpile.mjs'

/** What is there only to be used from outside, or only by few plans: it loads when it is used, from where it was installed. */
const external = [
  'node:*',
  ...builtinModules,
  '@modelcontextprotocol/client',
  '@modelcontextprotocol/node',
  'gpt-tokenizer',
  're2js',
  'undici',
]

/** What few use stays modules of their own, serving over HTTP and workers: from every bundled file, all of which are one folder deep, they are found here. */
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/serveHttp\.js$/ }, () => ({ path: '../mcp/serveHttp.js', external: true }))
    onResolve({ filter: /^\.\.\/.*\/workers\/bullmq\// }, ({ path }) => ({ path: `../${path.replace(/^(\.\.\/)+/, '')}`, external: true }))
  },
}

/** In the sources the browser's part of a report is an empty text. */
export const pageOf = (text) => ({
  name: 'page',
  setup: ({ onLoad }) => onLoad({ filter: /\/report\/pageCode\.ts$/ }, () => ({ contents: text, loader: 'js' })),
})

/** Bundles `src/cli/main.ts` into `cli/main.js` and `bundle/*.mjs` of `dist`. */
export async function bundle({ root, dist, pageCode = '' }) {
  const { build } = await import('esbuild')
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { 'cli/main': 'src/cli/main.ts' },
    outdir: dist,
    chunkNames: 'bundle/[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    // No platform of esbuild's own: its "node" would take the packages' CommonJS.
    platform: 'neutral',
    format: 'esm',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    conditions: ['es2015', 'import'],
    plugins: [apart, pageOf(pageCode), lean({ root, version })],
    external,
    logLevel: 'silent',
  })
  const written = new Map(outputFiles.map(({ path, text }) => [path.replace(/main\.mjs$/, 'main.js'), text]))
  written.set(join(dist, 'bundle/NOTICES.txt'), await noticesOf(Object.keys(metafile.inputs), root))
  // What is imported first, so that whoever starts at this moment finds it.
  for (const [path, text] of [...written].reverse()) await writeIfChanged(path, text)
  const stale = (await filesUnder(join(dist, 'bundle'))).map((path) => join(dist, 'bundle', path)).filter((path) => !written.has(path))
  await Promise.all(stale.map((path) => rm(path, { force: true })))
}
