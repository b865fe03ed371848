import type { Stats } from 'node:fs'
import { chmod, constants, mkdir, open, readlink, symlink } from 'node:fs/promises'
import { onCode } from '../../../system/errorCode.js'
import { chunksOf } from './fingerprint.js'
import { kindOf, statsAt } from '../confine/pathTarget.js'
import { specialFile } from '../confine/refusals.js'
import { namesIn } from './removeTree.js'
import { writeAll } from './writeAll.js'
import type { Spot } from '../confine/resolvePath.js'

export interface CopyOptions {
  readonly label: string
  /** The mode of the copy of what is at `path`, seen from the top of the tree; the top itself is ''. */
  readonly modeOf: (path: string, stats: Stats) => number
  /** Throws when a link may not be copied. */
  readonly admitLink?: (path: string, target: string) => void
  readonly onBytes?: (bytes: number) => void
  /** Fills in what is missing, and leaves alone what is there. */
  readonly fillIn?: true
  readonly signal?: AbortSignal
}

export interface Copied {
  files: number
  bytes: number
}

/** Copies a file, a link as a link, or a folder with all it holds. Rejects with EEXIST when something is there. */
export async function copyTree(from: Spot, to: Spot, options: CopyOptions): Promise<Copied> {
  const copied: Copied = { files: 0, bytes: 0 }
  await copyInto(from, to, options, '', copied)
  return copied
}

async function copyInto(from: Spot, to: Spot, options: CopyOptions, path: string, copied: Copied): Promise<void> {
  options.signal?.throwIfAborted()
  if (options.fillIn && path !== '' && !(await isFolderOrAbsent(to))) return
  const stats = await statsAt(from)
  if (stats === undefined) return // It went away since its folder was read.
  const kind = kindOf(stats)
  switch (kind) {
    case 'file':
      return copyFile(from, to, stats, options, path, copied)
    case 'link':
      return copyLink(from, to, options, path)
    case 'folder':
      return copyFolder(from, to, stats, options, path, copied)
    case 'other':
      throw specialFile(path === '' ? options.label : `${options.label}/${path}`)
  }
}

async function isFolderOrAbsent(spot: Spot): Promise<boolean> {
  return (await statsAt(spot))?.isDirectory() !== false
}

async function copyFile(from: Spot, to: Spot, stats: Stats, options: CopyOptions, path: string, copied: Copied): Promise<void> {
  const source = await open(from.folder.at(from.name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const target = await open(to.folder.at(to.name), 'wx', 0o600)
    try {
      for await (const chunk of chunksOf(source, options.signal)) {
        await writeAll(target, chunk)
        copied.bytes += chunk.length
        options.onBytes?.(chunk.length)
      }
      await target.chmod(options.modeOf(path, stats))
      if (path === '') await target.sync()
      copied.files += 1
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function copyLink(from: Spot, to: Spot, { admitLink }: CopyOptions, path: string): Promise<void> {
  const target = await readlink(from.folder.at(from.name))
  admitLink?.(path, target)
  await symlink(target, to.folder.at(to.name))
}

async function copyFolder(from: Spot, to: Spot, stats: Stats, options: CopyOptions, path: string, copied: Copied): Promise<void> {
  const made = mkdir(to.folder.at(to.name), 0o700).then(() => true)
  const isNew = await (options.fillIn ? made.catch(onCode(['EEXIST'], false)) : made)
  const source = await from.folder.enter(from.name)
  try {
    const target = await to.folder.enter(to.name)
    try {
      for (const name of await namesIn(source))
        await copyInto({ folder: source, name }, { folder: target, name }, options, path === '' ? name : `${path}/${name}`, copied)
      // Last, for a mode that forbids writing would have kept the rest out.
      if (isNew) await chmod(target.at('.'), options.modeOf(path, stats))
    } finally {
      await target.release()
    }
  } finally {
    await source.release()
  }
}
