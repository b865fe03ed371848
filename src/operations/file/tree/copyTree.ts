import { chmodSync, closeSync, constants, fchmodSync, fsync, mkdirSync, openSync, readlinkSync, symlinkSync, type Stats } from 'node:fs'
import { promisify } from 'node:util'
import { tried } from '../../../system/errorCode.js'
import { entryKindOf, labelBelow, statsAt, type FolderEntry } from '../confine/entry.js'
import { bytesOfName, nameOfBytes } from '../confine/fileName.js'
import { specialFile } from '../confine/refusals.js'
import { onceDescriptorsAreFree } from '../confine/whenDescriptorsAreFree.js'
import { chunksOf } from './chunksOf.js'
import { givingWay } from './givingWay.js'
import { isDraftName, namesIn } from './namesIn.js'
import { writeAll } from './writeAll.js'

const syncHandle = promisify(fsync)

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

interface Copying extends CopyOptions {
  readonly copied: Copied
  readonly pause: () => Promise<void> | undefined
  /** The folder that the copy is made as: somebody may move that into the source. */
  madeId: string | undefined
}

/** Copies a file, a link as a link, or a folder with all it holds. Rejects with EEXIST when something is there. */
export async function copyTree(from: FolderEntry, to: FolderEntry, options: CopyOptions): Promise<Copied> {
  const copying: Copying = { ...options, copied: { files: 0, bytes: 0 }, pause: givingWay(options.signal), madeId: undefined }
  await copyInto(from, to, copying, '')
  return copying.copied
}

async function copyInto(from: FolderEntry, to: FolderEntry, copying: Copying, path: string): Promise<void> {
  await copying.pause()
  if (copying.fillIn && path !== '' && statsAt(to)?.isDirectory() === false) return
  const stats = statsAt(from)
  if (stats === undefined) return // It went away since its folder was read.
  const kind = entryKindOf(stats)
  switch (kind) {
    case 'file':
      return copyFile(from, to, stats, copying, path)
    case 'link':
      return copyLink(from, to, copying, path)
    case 'folder':
      return copyFolder(from, to, stats, copying, path)
    case 'other':
      throw specialFile(labelBelow(copying.label, path))
  }
}

async function copyFile(from: FolderEntry, to: FolderEntry, stats: Stats, copying: Copying, path: string): Promise<void> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const source = await onceDescriptorsAreFree(() => openSync(from.folder.at(from.name), flags))
  try {
    const target = await onceDescriptorsAreFree(() => openSync(to.folder.at(to.name), 'wx', 0o600))
    try {
      for await (const chunk of chunksOf(source, copying.signal)) {
        await writeAll(target, chunk)
        copying.copied.bytes += chunk.length
        copying.onBytes?.(chunk.length)
      }
      fchmodSync(target, copying.modeOf(path, stats))
      if (path === '') await syncHandle(target)
      copying.copied.files += 1
    } finally {
      closeSync(target)
    }
  } finally {
    closeSync(source)
  }
}

async function copyLink(from: FolderEntry, to: FolderEntry, { admitLink }: CopyOptions, path: string): Promise<void> {
  const target = nameOfBytes(readlinkSync(from.folder.at(from.name), 'buffer'))
  admitLink?.(path, target)
  symlinkSync(bytesOfName(target), to.folder.at(to.name))
}

async function copyFolder(from: FolderEntry, to: FolderEntry, stats: Stats, copying: Copying, path: string): Promise<void> {
  const source = await onceDescriptorsAreFree(() => from.folder.enter(from.name))
  try {
    if (source.id === copying.madeId) return
    const isNew = tried(copying.fillIn ? 'EEXIST' : [], () => mkdirSync(to.folder.at(to.name), 0o700))
    const target = await onceDescriptorsAreFree(() => to.folder.enter(to.name))
    try {
      copying.madeId ??= target.id
      for (const name of namesIn(source)) {
        // What another operation is just making, or a killed one left, belongs to nobody's folder.
        if (!isDraftName(name))
          await copyInto({ folder: source, name }, { folder: target, name }, copying, path === '' ? name : `${path}/${name}`)
      }
      // Last, for a mode that forbids writing would have kept the rest out.
      if (isNew) chmodSync(target.at('.'), copying.modeOf(path, stats))
    } finally {
      target.release()
    }
  } finally {
    source.release()
  }
}
