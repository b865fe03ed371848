// Turns a tree of .ts files into a tree of .js files, one for one. Only files whose text changed are written, each by
// a rename, so that whoever is running the old ones at this moment never reads half a file.
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

const isSource = (path) => path.endsWith('.ts') && !path.endsWith('.d.ts')

/** Every file under `root`, as sorted paths relative to it; nothing when there is no such folder. */
export async function filesUnder(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
}

/**
 * Transpiles `from` into `to` and says what could not be: `[{ path, message }]`. Stale output is removed: files in `to`
 * that belong to no source any more, as `ownsOutput` judges. Someone else makes what the sources to `leave` become.
 */
export async function transpile({ from, to, rewrite = (code) => code, copyOthers = false, ownsOutput = isTranspiled, leave = [] }) {
  const { transform } = await import('esbuild')
  const paths = await filesUnder(from)
  const written = new Set()
  const faults = []
  await Promise.all(
    paths.map(async (path) => {
      if (!isSource(path)) {
        if (copyOthers && !path.endsWith('.d.ts')) await copyInto(join(from, path), join(to, path), written, path)
        return
      }
      const output = path.replace(/\.ts$/, '.js')
      if (leave.includes(path)) {
        written.add(output)
        return
      }
      const source = await readFile(join(from, path), 'utf8')
      const sourcefile = relative(dirname(join(to, output)), join(from, path)).replaceAll('\\', '/')
      try {
        const { code, map } = await transform(source, { ...options, sourcefile })
        await writeIfChanged(join(to, output), `${rewrite(code)}//# sourceMappingURL=${output.split('/').at(-1)}.map\n`)
        await writeIfChanged(join(to, `${output}.map`), map)
        written.add(output).add(`${output}.map`)
      } catch (error) {
        faults.push({ path: join(from, path), message: error.message })
      }
    }),
  )
  const stale = (await filesUnder(to)).filter((path) => ownsOutput(path) && !written.has(path))
  await Promise.all(stale.map((path) => rm(join(to, path), { force: true })))
  return faults.sort((a, b) => (a.path < b.path ? -1 : 1))
}

const isTranspiled = (path) => /\.js(\.map)?$/.test(path)

const options = {
  loader: 'ts',
  format: 'esm',
  target: ['node20.19', 'es2022'],
  sourcemap: 'external',
  sourcesContent: false,
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, target: 'es2022', useDefineForClassFields: true } },
}

async function copyInto(from, to, written, path) {
  await mkdir(dirname(to), { recursive: true })
  await copyFile(from, to)
  written.add(path)
}

export async function writeIfChanged(path, text) {
  const before = await readFile(path, 'utf8').catch(() => undefined)
  if (before === text) return
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}.draft`
  await writeFile(draft, text)
  await rename(draft, path)
}
