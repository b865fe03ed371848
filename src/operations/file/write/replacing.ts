import { errorCode } from '../../../system/errorCode.js'

const codes: ReadonlySet<string | undefined> = new Set(['EBUSY', 'EXDEV', 'EACCES', 'EPERM', 'EROFS'])

/**
 * Whether the system refuses to replace an entry of a folder by another one: the file is itself a mount point, or the folder may not be
 * changed. The file may still be written in place.
 */
export function refusesReplacing(thrown: unknown): boolean {
  return codes.has(errorCode(thrown))
}

/** Somebody else changed what was about to be replaced. Never leaves the operation that looks for it. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile'
}
