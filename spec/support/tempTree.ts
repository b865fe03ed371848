import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Files by path: text or bytes; `{ link }` makes a link, null an empty folder. */
export type Tree = { readonly [path: string]: string | Uint8Array | { readonly link: string } | null }

const made: string[] = []

/** A new folder under the one for temporary files, with these files in it; it is removed when the process ends. */
export function tempTree(tree: Tree = {}): string {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'millrace-spec-'))
  if (made.push(root) === 1)
    process.once('exit', () => made.forEach((path) => rmSync(path, { recursive: true, force: true, maxRetries: 10 })))
  growTree(root, tree)
  return root
}

export function growTree(root: string, tree: Tree): void {
  for (const [path, content] of Object.entries(tree)) {
    const at = join(root, path)
    mkdirSync(content === null ? at : dirname(at), { recursive: true })
    if (content === null) continue
    if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, at)
    else writeFileSync(at, content)
  }
}

/** A path below a folder whose names are the bytes of these characters, one each: for names that are not UTF-8. */
export function bytesPath(root: string, ...names: readonly string[]): Buffer {
  return Buffer.concat([Buffer.from(root), ...names.flatMap((name) => [Buffer.from('/'), Buffer.from(name, 'latin1')])])
}

/** What is in a folder, to compare: each path with its kind, mode and content. Names that are not UTF-8 show their bytes as `%E9`. */
export function snapshotOf(root: string | Buffer, below = ''): Record<string, string> {
  const found: Record<string, string> = {}
  const folder = Buffer.from(root)
  for (const name of readdirSync(folder, 'buffer').sort((a, b) => Buffer.compare(a, b))) {
    const path = (below === '' ? '' : `${below}/`) + shownName(name)
    const at = Buffer.concat([folder, Buffer.from('/'), name])
    const stats = lstatSync(at)
    const mode = (stats.mode & 0o7777).toString(8)
    if (stats.isSymbolicLink()) found[path] = `link to ${shownName(readlinkSync(at, 'buffer'))}`
    else if (stats.isDirectory()) Object.assign(found, { [path]: `folder ${mode}` }, snapshotOf(at, path))
    else if (stats.isFile()) found[path] = `file ${mode} ${readFileSync(at, 'latin1')}`
    else found[path] = 'other'
  }
  return found
}

function shownName(name: Buffer): string {
  const text = name.toString('utf8')
  return Buffer.from(text).equals(name)
    ? text
    : name.toString('latin1').replaceAll(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`)
}
