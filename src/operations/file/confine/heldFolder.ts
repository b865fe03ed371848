import { constants, open } from 'node:fs/promises'

/** A folder that stays the same one while it is held, wherever its path may lead meanwhile. */
export interface HeldFolder {
  /** The path by which system calls reach something directly inside. `.` is the folder itself. */
  at(name: string): string
  /** Holds a folder directly inside. Rejects with ELOOP or ENOTDIR when that is a link or a file. */
  enter(name: string): Promise<HeldFolder>
  /** Waits until the disk has the names in it. */
  sync(): Promise<void>
  release(): Promise<void>
}

export type HoldFolder = (path: string) => Promise<HeldFolder>

/**
 * Holds a folder by an open handle.
 *
 * Linux gives every open handle a path, /proc/self/fd/N, and what starts with it starts at that very folder, however its
 * own path is swapped in the meantime. It stands in for openat, renameat and the others, which Node does not have.
 */
export const holdByHandle: HoldFolder = async (path) => {
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
  const at = (name: string): string => `/proc/self/fd/${handle.fd}/${name}`
  return {
    at,
    enter: (name) => holdByHandle(at(name)),
    sync: () => handle.sync(),
    release: () => handle.close(),
  }
}
