import { readdirSync, type Dirent } from 'node:fs'
import { nameOfBytes } from '../confine/fileName.js'
import type { HeldFolder } from '../confine/heldFolder.js'

/** The names in a folder, sorted. */
export function namesIn(folder: HeldFolder): string[] {
  const names = readdirSync(folder.at('.'))
  // Names that are not UTF-8 have been given this character: only then is each of them worth a buffer.
  if (!names.some(mayBeBytes)) return names.sort()
  return readdirSync(folder.at('.'), 'buffer').map(nameOfBytes).sort()
}

export interface NamedKind {
  readonly name: string
  readonly kind: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>
}

/** The same with what each is, as far as the folder itself knows. In no order. */
export function kindsIn(folder: HeldFolder): NamedKind[] {
  const entries = readdirSync(folder.at('.'), { withFileTypes: true })
  if (!entries.some(({ name }) => mayBeBytes(name))) return entries.map((kind) => ({ name: kind.name, kind }))
  return readdirSync(folder.at('.'), { withFileTypes: true, encoding: 'buffer' }).map((kind) => ({
    name: nameOfBytes(kind.name as unknown as Buffer),
    kind,
  }))
}

const mayBeBytes = (name: string): boolean => name.includes('\ufffd')

const draftName = /^\.millrace-[0-9a-f]{24}$/

/** Whether a name is that of a file or folder that is just being made beside what it will replace, or that a killed run left. */
export function isDraftName(name: string): boolean {
  return name.startsWith('.millrace-') && draftName.test(name)
}
