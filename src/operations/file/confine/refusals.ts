import { OperationFailure } from '../../../model/operationError.js'
import { shown } from '../shown.js'
import type { Roots } from './roots.js'

function notAllowed(label: string, message: string): OperationFailure {
  return new OperationFailure({ type: 'not-allowed', message, retryable: false, what: label })
}

function named(space: Roots): string {
  return `${space.roots.length === 1 ? 'the root' : 'the roots'} ${space.roots.map(shown).join(', ')}`
}

export function outsideRoots(space: Roots, label: string): OperationFailure {
  return notAllowed(label, `${shown(label)} lies outside ${named(space)}. Name a path inside.`)
}

export function leadsOutside(space: Roots, label: string, link: string): OperationFailure {
  const by = link === label ? 'it is a link that leads' : `the link ${shown(link)} leads`
  return notAllowed(label, `${shown(label)} is not followed: ${by} outside ${named(space)}. Name a path that stays inside.`)
}

export function linkNotCopied(space: Roots, label: string): OperationFailure {
  return notAllowed(
    label,
    `${shown(label)} is not copied: it is a link that would lead outside ${named(space)}. Delete it first, or copy the rest by itself.`,
  )
}

export function reservedPath(label: string, reserved: string): OperationFailure {
  return notAllowed(label, `${shown(label)} is out of reach: ${shown(reserved)} is reserved. Name another path.`)
}

export function holdsReserved(label: string, reserved: string, verb: string): OperationFailure {
  return notAllowed(
    label,
    `${shown(label)} cannot be ${verb} as a whole: it is where ${shown(reserved)} belongs, which is reserved. Name what is inside instead.`,
  )
}

export function patternClimbs(pattern: string): OperationFailure {
  return notAllowed(pattern, `The pattern ${JSON.stringify(pattern)} leaves the folder it starts in. Set cwd to the folder it is about.`)
}

export function isRootFolder(label: string): OperationFailure {
  return notAllowed(
    label,
    `${shown(label)} is a root folder or holds one: it cannot be deleted, moved or overwritten. Name what is inside.`,
  )
}

export function ontoItself(label: string, destination: string, verb: 'copied' | 'moved'): OperationFailure {
  const why = label === destination ? 'onto itself' : `to ${shown(destination)}, since one of the two holds the other`
  return notAllowed(destination, `${shown(label)} cannot be ${verb} ${why}. Choose another destination.`)
}

export function specialFile(label: string): OperationFailure {
  return notAllowed(
    label,
    `${shown(label)} is neither a file, a folder nor a link (a pipe, a socket or a device): file operations leave those alone.`,
  )
}

export function alreadyThere(label: string, wayOut: string): OperationFailure {
  return new OperationFailure({
    type: 'already-exists',
    message: `${shown(label)}: there is something at this path already. ${wayOut}`,
    retryable: false,
    path: label,
  })
}

export function systemRefusal(code: string, label: string, message: string): OperationFailure {
  return new OperationFailure({ type: 'system', code, message: `${shown(label)} ${message}`, retryable: false, path: label })
}

export function changedSince(label: string, cause?: unknown): OperationFailure {
  return new OperationFailure({
    type: 'changed-since',
    message: `${shown(label)} is no longer what this operation left there, so it is not put back. Look at it and mend it by hand.`,
    retryable: false,
    path: label,
    ...(cause !== undefined && { cause }),
  })
}
