// The entries of the library for Node, as a few files: a module of its own for each of some hundred files costs more than what is
// in them. They share what they have in common, so that all of them are one library. Bundlers take the single files, of which they keep
// what is used.
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pageOf } from './bundle.mjs'
import { noticesOf } from './bundleNotices.mjs'
import { filesUnder, writeIfChanged } from './transpile.mjs'

/** Small packages of many files, of which nothing is handed out but plain values. */
const within = ['fp-ts', 'io-ts', 'immer']

/** Bundles each entry that package.json has for Node, `dist/entries/NAME.mjs` of `src/NAME.ts`. */
export async function bundleEntries({ root, dist, pageCode = '' }) {
  const { build } = await import('esbuild')
  const { exports, dependencies, peerDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const names = Object.values(exports).flatMap(({ node = '' }) => /^\.\/dist\/entries\/(\w+)\.mjs$/.exec(node)?.[1] ?? [])
  const packages = Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !within.includes(name))
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(names.map((name) => [name, `src/${name}.ts`])),
    outdir: join(dist, 'entries'),
    chunkNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    platform: 'neutral',
    format: 'esm',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    external: ['node:*', ...packages.flatMap((name) => [name, `${name}/*`])],
    plugins: [pageOf(pageCode), newerFormat],
    logLevel: 'silent',
  })
  const written = new Map(outputFiles.map(({ path, text }) => [path, text]))
  written.set(join(dist, 'entries/NOTICES.txt'), await noticesOf(Object.keys(metafile.inputs), root))
  // What is imported first, so that whoever starts at this moment finds it.
  for (const [path, text] of [...written].reverse()) await writeIfChanged(path, text)
  const there = (await filesUnder(join(dist, 'entries'))).map((path) => join(dist, 'entries', path))
  await Promise.all(there.filter((path) => !written.has(path)).map((path) => rm(path, { force: true })))
}

/** The same modules in the newer format, of which only what is used is taken. */
const newerFormat = {
  name: 'newer-format',
  setup: (build) =>
    build.onResolve({ filter: /^fp-ts\/lib\// }, ({ path, resolveDir, kind }) =>
      build.resolve(path.replace('fp-ts/lib/', 'fp-ts/es6/'), { resolveDir, kind }),
    ),
}
