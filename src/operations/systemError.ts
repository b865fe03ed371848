import { getSystemErrorMap } from 'node:util'
import { isOperationError, OperationFailure, operationErrorOf, type OperationError } from '../model/operationError.js'

/** Codes of conditions that pass by themselves: busy, out of descriptors, interrupted. */
const passing: ReadonlySet<string> = new Set(['EAGAIN', 'EBUSY', 'EMFILE', 'ENFILE', 'EINTR', 'ETXTBSY', 'ENOBUFS'])

const wordings: Readonly<Record<string, string>> = {
  EACCES: 'Permission denied',
  EBUSY: 'It is in use',
  EDQUOT: 'The disk quota is used up',
  EFBIG: 'The file is larger than this process or file system allows',
  EISDIR: 'It is a folder',
  ELOOP: 'A link is in the way, or appeared there meanwhile',
  EMFILE: 'Too many files are open in this process',
  ENAMETOOLONG: 'The name is too long for this file system',
  ENFILE: 'Too many files are open on this machine',
  ENOSPC: 'The disk is full',
  ENOTDIR: 'A part of the path is a file, not a folder',
  ENOTEMPTY: 'The folder is not empty',
  EPERM: 'The operation is not permitted',
  EROFS: 'The file system is read-only',
}

/** The typed form of what a call to the operating system threw; `path` as the plan names it. */
export function systemError(thrown: unknown, path?: string): OperationError {
  if (thrown instanceof OperationFailure || isOperationError(thrown)) return operationErrorOf(thrown)
  const code = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
  if (code === undefined) return operationErrorOf(thrown)
  const where = path === undefined ? '' : `${path}: `
  if (code === 'ENOENT' && path !== undefined)
    return { type: 'not-found', message: `${where}there is nothing at this path.`, retryable: false, what: path, cause: thrown }
  if (code === 'EEXIST' && path !== undefined)
    return { type: 'already-exists', message: `${where}something already exists at this path.`, retryable: false, path, cause: thrown }
  const message = `${where}${wordings[code] ?? nameOfCode(code, thrown as Error)} (${code}).`
  return { type: 'system', message, retryable: passing.has(code), code, ...(path !== undefined && { path }), cause: thrown }
}

/** What the system calls a code. The text of the error itself names the path of the call, which may be one that only this process knows. */
function nameOfCode(code: string, { message }: Error): string {
  const known = [...getSystemErrorMap().values()].find(([name]) => name === code)
  return known === undefined ? message : known[1].slice(0, 1).toUpperCase() + known[1].slice(1)
}
