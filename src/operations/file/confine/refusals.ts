import { OperationFailure } from '../../../model/operationError.js'
import { shownPath } from './shownPath.js'
import type { Roots } from './roots.js'

function notAllowed(label: string, message: string): OperationFailure {
  return new OperationFailure({ type: 'not-allowed', message, retryable: false, what: label })
}

function named(space: Roots): string {
  return `${space.roots.length === 1 ? 'the root' : 'the roots'} ${space.roots.map(shownPath).join(', ')}`
}

export function outsideRoots(space: Roots, label: string): OperationFailure {
  return notAllowed(label, `${shownPath(label)} lies outside ${named(space)}. Name a path inside.`)
}

export function leadsOutside(space: Roots, label: string, link: string): OperationFailure {
  const by = link === label ? 'it is a link that leads' : `the link ${shownPath(link)} leads`
  return notAllowed(label, `${shownPath(label)} is not followed: ${by} outside ${named(space)}. Name a path that stays inside.`)
}

export function linkNotCopied(space: Roots, label: string): OperationFailure {
  return notAllowed(
    label,
    `${shownPath(label)} is not copied: it is a link that would lead outside ${named(space)}. Delete it first, or copy the rest by itself.`,
  )
}

export function reservedPath(label: string, reserved: string): OperationFailure {
  return notAllowed(label, `${shownPath(label)} is out of reach: ${shownPath(reserved)} is reserved. Name another path.`)
}

export function rootExchanged(root: string): OperationFailure {
  return notAllowed(root, `The root ${shownPath(root)} is no longer the folder it was at the start. Start again with this root.`)
}

/** `git` is what of Git the path leads to. */
export function readOnlyGit(label: string, git: string): OperationFailure {
  const which = git === label ? 'it belongs to Git' : `${shownPath(git)} belongs to Git`
  return notAllowed(label, `${shownPath(label)} cannot be changed: ${which}, which is read-only here. Name another path.`)
}

export function holdsGit(label: string, git: string, verb: string): OperationFailure {
  return notAllowed(
    label,
    `${shownPath(label)} cannot be ${verb} as a whole: it holds ${shownPath(git)}, which belongs to Git and is read-only here. Name the entries beside it.`,
  )
}

export function holdsMount(label: string, mount: string, verb: string): OperationFailure {
  const what = label === mount ? 'it is a mount point' : `it holds a mount point, ${shownPath(mount)}`
  return notAllowed(label, `${shownPath(label)} cannot be ${verb}: ${what}. Unmount that, or name what is inside.`)
}

export function holdsReserved(label: string, reserved: string, verb: string): OperationFailure {
  return notAllowed(
    label,
    `${shownPath(label)} cannot be ${verb} as a whole: it is where ${shownPath(reserved)} belongs, which is reserved. Name what is inside instead.`,
  )
}

export function patternClimbs(pattern: string): OperationFailure {
  return notAllowed(pattern, `The pattern ${JSON.stringify(pattern)} leaves the folder it starts in. Set cwd to the folder to search.`)
}

export function isRootFolder(label: string): OperationFailure {
  return notAllowed(
    label,
    `${shownPath(label)} is a root folder or holds one: it cannot be deleted, moved or overwritten. Name what is inside.`,
  )
}

export function ontoItself(label: string, destination: string, verb: 'copied' | 'moved'): OperationFailure {
  const why = label === destination ? 'onto itself' : `to ${shownPath(destination)}, since one of the two holds the other`
  return notAllowed(destination, `${shownPath(label)} cannot be ${verb} ${why}. Choose another destination.`)
}

export function specialFile(label: string): OperationFailure {
  return notAllowed(
    label,
    `${shownPath(label)} is neither a file, a folder nor a link (a pipe, a socket or a device): file operations leave those alone.`,
  )
}

export function alreadyThere(label: string, wayOut: string): OperationFailure {
  return new OperationFailure({
    type: 'already-exists',
    message: `${shownPath(label)}: something already exists at this path. ${wayOut}`,
    retryable: false,
    path: label,
  })
}

/** The folder does not let its entries be changed: no other attempt will find that otherwise. */
export function folderForbids(code: string, label: string, folder: string): OperationFailure {
  const where = folder === '.' ? 'the root folder it is in' : `its folder, ${shownPath(folder)}`
  const why = code === 'EROFS' ? 'is on a read-only file system' : 'does not let this user make, rename or remove anything'
  return systemRefusal(
    code,
    label,
    `cannot be changed: ${where}, ${why} (${code}). Change the permissions of the folder, or name another path.`,
  )
}

export function systemRefusal(code: string, label: string, message: string): OperationFailure {
  return new OperationFailure({ type: 'system', code, message: `${shownPath(label)} ${message}`, retryable: false, path: label })
}

/** Changed by others in every moment it was looked at. */
export function keepsChanging(label: string, tries: number): OperationFailure {
  return new OperationFailure({
    type: 'changed-since',
    message: `Other programs changed ${shownPath(label)} each of the ${tries} times this operation was about to replace it. Their changes were kept. Try again when nothing else writes to it.`,
    retryable: true,
    path: label,
  })
}

export function changedSince(label: string, cause?: unknown): OperationFailure {
  return new OperationFailure({
    type: 'changed-since',
    message: `${shownPath(label)} has changed since this operation wrote it, and is not restored. Check it and correct it by hand.`,
    retryable: false,
    path: label,
    ...(cause !== undefined && { cause }),
  })
}
