import { mkdtempSync, readFileSync, rmSync, symlinkSync, mkdirSync, writeFileSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { transformSync } from 'esbuild'

/** A script of a page: its text, and the module it is. */
export interface PageScript {
  readonly lines: number
  readonly load: () => Promise<Readonly<Record<string, unknown>>>
}

/** The scripts below a heading of a page, in their order. */
export function scriptsBelow(page: string, heading: string): readonly PageScript[] {
  const section = readFileSync(page, 'utf8').split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...section.matchAll(/```ts no-run\n([^]*?)```/g)].map(([, code]) => ({
    lines: code!.split('\n').filter((line) => line.trim() !== '').length,
    load: () => load(code!),
  }))
}

let scripts = 0
let folder: string | undefined

function load(code: string): Promise<Readonly<Record<string, unknown>>> {
  folder ??= folderWithPackages(['rxjs', 'p-map', 'p-throttle', 'listr2'])
  const path = join(folder, `script${scripts++}.mjs`)
  writeFileSync(path, transformSync(code, { loader: 'ts', format: 'esm', target: 'node20.19' }).code)
  return import(pathToFileURL(path).href) as Promise<Readonly<Record<string, unknown>>>
}

// As in a project that has installed them: scripts name packages, and this one is a package among them.
function folderWithPackages(names: readonly string[]): string {
  const made = mkdtempSync(join(realpathSync(tmpdir()), 'millrace-scripts-'))
  process.once('exit', () => rmSync(made, { recursive: true, force: true }))
  const packages = join(made, 'node_modules')
  mkdirSync(packages)
  symlinkSync(resolve('.'), join(packages, 'millrace'))
  for (const name of names) symlinkSync(realpathSync(join('node_modules', name)), join(packages, name))
  return made
}
