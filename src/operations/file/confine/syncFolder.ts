import type { HeldFolder } from './heldFolder.js'

interface Syncing {
  readonly running: Promise<void>
  /** For all who have changed something since that one began. */
  next: Promise<void> | undefined
}

// Of this process: operations side by side change the same folder.
const syncing = new Map<string, Syncing>()

/**
 * Waits until the disk has the names in a folder as they are now. Those who ask while one call is on its way share the next one: a call
 * for each would be half of what a small write costs.
 */
export function syncFolderNames(folder: HeldFolder): Promise<void> {
  const now = syncing.get(folder.id)
  if (now === undefined) return begin(folder)
  const then = (): Promise<void> => begin(folder)
  return (now.next ??= now.running.then(then, then))
}

function begin(folder: HeldFolder): Promise<void> {
  const mine: Syncing = { running: folder.sync(), next: undefined }
  syncing.set(folder.id, mine)
  const ended = (): void => {
    if (mine.next === undefined) syncing.delete(folder.id)
  }
  mine.running.then(ended, ended)
  return mine.running
}
