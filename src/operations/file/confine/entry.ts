import { lstatSync, type BigIntStats, type Stats } from 'node:fs'
import type * as t from 'io-ts'
import { described } from '../../../model/codec/described.js'
import { oneOf } from '../../../model/codec/values.js'
import { amount } from '../params.js'
import { textOfName } from './fileName.js'
import type { HeldFolder } from './heldFolder.js'

/** Something that is or may be in a held folder. */
export interface FolderEntry {
  readonly folder: HeldFolder
  /** `.` for a root folder itself. */
  readonly name: string
}

export const EntryKind = described(oneOf('file', 'folder', 'link', 'other'), 'What it is; other: a pipe, a socket or a device.')
export type EntryKind = t.TypeOf<typeof EntryKind>
export const entryBytes = described(amount, 'The size of a file; 0 for anything else.')

export function entryKindOf(entry: Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): EntryKind {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}

export function bytesOf(stats: Stats): number {
  return stats.isFile() ? stats.size : 0
}

/** What is there, links not followed; undefined when there is nothing. */
export function statsAt({ folder, name }: FolderEntry): Stats | undefined {
  return lstatSync(folder.at(name), { throwIfNoEntry: false })
}

/** The same with whole numbers of every size: to tell one file from another, and one moment of it from the next. */
export function exactStatsAt({ folder, name }: FolderEntry): BigIntStats | undefined {
  return lstatSync(folder.at(name), { bigint: true, throwIfNoEntry: false })
}

/** The label of something below a folder, as text. */
export function labelBelow(label: string, path: string): string {
  const below = textOfName(path)
  if (label === '.' || below === '') return below === '' ? label : below
  return label.endsWith('/') ? label + below : `${label}/${below}`
}
