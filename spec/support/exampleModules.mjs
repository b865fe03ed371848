// Writes the examples of a project as modules to .examples/, inside the package, so that they can import it by name, and
// type-checks them all at once.
import { readFile, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { transform } from 'esbuild'
import { node } from './command.mjs'
import { exampleBlocks } from './exampleBlocks.mjs'
import { exampleScript } from './exampleScript.mjs'
import { filesUnder, writeIfChanged } from './transpile.mjs'

/** Every block as `{ path, line, run, module, marks, fault }`; a block with a fault has no module that could be run. */
export async function writeExamples({ root, folder, filters }) {
  const paths = (await pagesAndSources(root)).filter((path) => filters.length === 0 || filters.some((filter) => path.includes(filter)))
  const blocks = (await Promise.all(paths.map((path) => writeBlocks(root, folder, path)))).flat()
  const current = new Set(blocks.flatMap(({ module }) => [`${module}.ts`, `${module}.js`, `${module}.js.map`]))
  const stale = (await filesUnder(folder)).filter((path) => !current.has(path))
  await Promise.all(stale.map((path) => rm(join(folder, path), { force: true })))
  return blocks
}

async function pagesAndSources(root) {
  const under = async (name, end) =>
    (await filesUnder(join(root, name))).filter((path) => path.endsWith(end)).map((path) => `${name}/${path}`)
  const pages = (await under('docs', '.md')).filter((path) => !path.startsWith('docs/api/')) // those show declarations
  return ['README.md', ...pages, ...(await under('src', '.ts'))]
}

async function writeBlocks(root, folder, path) {
  const text = await readFile(join(root, path), 'utf8').catch(() => '')
  return Promise.all(exampleBlocks(path, text).map((block) => writeBlock(root, folder, path, block)))
}

async function writeBlock(root, folder, path, block) {
  const module = `${path}/${block.line}`
  const about = { path, line: block.line, run: block.run, module, marks: [] }
  try {
    const { source, marks } = await exampleScript(block)
    await writeIfChanged(join(folder, `${module}.ts`), source)
    const sourcefile = relative(join(folder, path), join(root, path)).replaceAll('\\', '/')
    const { code, map } = await transform(source, { loader: 'ts', format: 'esm', target: 'node20.19', sourcefile, sourcemap: 'external' })
    await writeIfChanged(join(folder, `${module}.js`), `${code}//# sourceMappingURL=${block.line}.js.map\n`)
    await writeIfChanged(join(folder, `${module}.js.map`), map)
    return { ...about, marks }
  } catch (error) {
    return { ...about, fault: error.message }
  }
}

/** What the compiler has against the modules, by module. */
export async function typeFaults({ root, folder, blocks }) {
  if (blocks.every(({ fault }) => fault !== undefined)) return new Map()
  const options = { noUnusedLocals: false, noUnusedParameters: false, allowUnusedLabels: true }
  await writeIfChanged(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../tsconfig.json', compilerOptions: options, include: ['**/*.ts'] }),
  )
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { code, output } = await node([tsc, '--noEmit', '--pretty', 'false', '-p', folder], { cwd: folder })
  const faults = new Map()
  let module
  for (const text of output.split('\n').filter((text) => text !== '')) {
    const [, found, line, rest] = /^(.*)\.ts\((\d+),\d+\): error (.*)$/.exec(text) ?? []
    if (found !== undefined) module = found.replaceAll('\\', '/')
    const said = found === undefined ? text : `line ${line}: ${rest}`
    faults.set(module, faults.has(module) ? `${faults.get(module)}\n${said}` : said)
  }
  if (code !== 0 && faults.size === 0) throw new Error(`the examples could not be type-checked:\n${output}`)
  if (faults.has(undefined)) throw new Error(`the examples could not be type-checked:\n${faults.get(undefined)}`)
  return faults
}
