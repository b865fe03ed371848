import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { shellWord } from '../../model/fault/shellWord.js'
import { OperationFailure } from '../../model/operationError.js'

/** Says what to start for a program as a plan names it, in the folder it will run in. Throws what is not allowed. */
export type FindProgram = (name: string, cwd: string) => string

/** Every program: names are left to the operating system, which looks along the PATH the program will see. */
export const anyProgram: FindProgram = (name) => {
  if (name === '') throw new OperationFailure(emptyName)
  return name
}

/**
 * Only the programs named, which are looked up now: what a plan does to its PATH or its folder later changes nothing.
 *
 * A name with a slash allows that one file, however a plan writes its path.
 */
export function onlyPrograms(allowed: readonly string[], path = process.env['PATH'] ?? ''): FindProgram {
  const names = new Map(allowed.filter(isName).map((name) => [name, onPath(name, path)]))
  const files = new Set([...allowed.filter((name) => !isName(name)).map((file) => resolve(file)), ...names.values()])
  return (name, cwd) => {
    if (name === '') throw new OperationFailure(emptyName)
    const file = isName(name) ? names.get(name) : resolve(cwd, name)
    if (file !== undefined && files.has(file)) return file
    throw new OperationFailure(names.has(name) ? absent(name) : refused(name, file, allowed))
  }
}

/** Those of the programs named that are not there now: neither on the PATH nor, for one with a slash, at its path. */
export function missingPrograms(allowed: readonly string[], path = process.env['PATH'] ?? ''): readonly string[] {
  return allowed.filter((name) => (isName(name) ? onPath(name, path) === undefined : !isExecutableFile(resolve(name))))
}

const isName = (program: string): boolean => !program.includes('/')

// An entry of the PATH that is not absolute leads into the current folder, where a plan may have written the program itself.
function onPath(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, name))
    .find(isExecutableFile)
}

function isExecutableFile(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    // Whatever the reason, the look-up goes on with the next folder of the PATH, as the operating system's own does.
    return false
  }
}

const emptyName = {
  type: 'invalid-params',
  message: 'command[0]: the name of the program is empty. Put the program first, such as ["npm", "test"].',
  retryable: false,
  at: ['command', 0],
} as const

function absent(name: string) {
  const message =
    `command[0]: the program "${name}" is allowed, but was not on the PATH when the allowed programs were looked up. ` +
    'Install it and start again, or allow it by its absolute path.'
  return { type: 'not-found', message, retryable: false, what: name } as const
}

function refused(name: string, file: string | undefined, allowed: readonly string[]) {
  const known = allowed.length === 0 ? 'none' : allowed.join(', ')
  const where = file === undefined || file === name ? '' : ` (${file})`
  const message =
    `command[0]: the program "${name}"${where} is not allowed in this run. Allowed: ${known}. ` +
    `Use one of these, or have it allowed with --allow-program ${shellWord(name)} (allowPrograms in code).`
  return { type: 'not-allowed', message, retryable: false, what: name } as const
}
