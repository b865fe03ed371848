import type { OperationError } from '../../model/operationError.js'
import { systemError } from '../systemError.js'

/** The typed form of whatever an attempt threw, and above all of the reason for which a program could not be started. */
export function startError(thrown: unknown, program: string): OperationError {
  const error = systemError(thrown)
  if (error.type !== 'system' || !isSpawn(thrown)) return error
  const { code, cause } = error
  const shown = JSON.stringify(program)
  switch (code) {
    case 'ENOENT': {
      const place = program.includes('/') ? `at ${shown}, relative to the folder it would run in` : `${shown} on the PATH`
      const wayOut = /\s/.test(program)
        ? 'The first item is the program alone: ["npm", "test"]. Several commands, pipes and && need a shell: ["sh", "-c", "…"].'
        : program === 'cd'
          ? 'Give the folder as cwd.'
          : 'Check the name, or install it.'
      const message = `command[0]: there is no program ${place}; or it is a script, and the interpreter its first line names is missing. ${wayOut}`
      return { type: 'not-found', message, retryable: false, what: program, cause }
    }
    case 'EACCES': {
      const message = `command[0]: ${shown} is not executable. Make it executable (chmod +x), or run it with its interpreter, such as ["node", "script.js"].`
      return { type: 'system', code, path: program, message, retryable: false, cause }
    }
    case 'E2BIG': {
      const message =
        'command: its arguments and environment are longer than the operating system allows. Pass long text by stdin, or in a file.'
      return { type: 'invalid-params', message, retryable: false, at: ['command'], cause }
    }
    default:
      return { ...error, message: `command[0]: ${shown} could not be started. ${error.message}` }
  }
}

const isSpawn = (thrown: unknown): boolean =>
  thrown instanceof Error && 'syscall' in thrown && typeof thrown.syscall === 'string' && thrown.syscall.startsWith('spawn')
