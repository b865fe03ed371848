// operations/file/confine: what a path of a plan may reach, and how it is held so that nothing leads elsewhere meanwhile
import { closeSync, constants, fstatSync, fsync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { systemName } from './fileName.js'

/** A folder that stays the same one while it is held, wherever its path may lead meanwhile. */
export interface HeldFolder {
  /** Which folder it is, by whatever path it was reached. */
  readonly id: string
  /** The path by which system calls reach something directly inside. `.` is the folder itself. */
  at(name: string): string | Buffer
  /** Holds a folder directly inside. Throws ELOOP or ENOTDIR when that is a link or a file. */
  enter(name: string): HeldFolder
  /** Waits until the disk has the names in it. */
  sync(): Promise<void>
  release(): void
}

export type HoldFolder = (path: string) => HeldFolder

/** What tells one file or folder of this machine from all others. */
export function fileIdOf({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}-${ino}`
}

const syncHandle = promisify(fsync)

/**
 * Holds a folder by an open handle.
 *
 * Linux gives every open handle a path, /proc/self/fd/N, and what starts with it starts at that very folder, however its
 * own path is swapped in the meantime. It stands in for openat, renameat and the others, which Node does not have.
 *
 * Calls that only look at names and handles are made in this thread: they cost a twentieth of what handing them to another one does.
 */
export const holdByHandle: HoldFolder = (path) => hold(systemName(path))

function hold(path: string | Buffer): HeldFolder {
  const handle = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
  const prefix = `/proc/self/fd/${handle}/`
  let id: string | undefined
  const at = (name: string): string | Buffer => {
    const last = systemName(name)
    return typeof last === 'string' ? prefix + last : Buffer.concat([Buffer.from(prefix), last])
  }
  return {
    get id() {
      return (id ??= fileIdOf(fstatSync(handle, { bigint: true })))
    },
    at,
    enter: (name) => hold(at(name)),
    sync: () => syncHandle(handle),
    release: () => closeSync(handle),
  }
}
