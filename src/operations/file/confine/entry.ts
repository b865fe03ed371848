import type { Stats } from 'node:fs'
import { described } from '../../../model/codec/described.js'
import { oneOf } from '../../../model/codec/values.js'
import { count } from '../params.js'

export const EntryKind = described(oneOf('file', 'folder', 'link', 'other'), 'What it is; other: a pipe, a socket or a device.')
export const entryBytes = described(count, 'The size of a file; 0 for anything else.')

export function bytesOf(stats: Stats): number {
  return stats.isFile() ? stats.size : 0
}

/** The label of something below a folder. */
export function labelBelow(label: string, path: string): string {
  if (label === '.' || path === '') return path === '' ? label : path
  return label.endsWith('/') ? label + path : `${label}/${path}`
}
