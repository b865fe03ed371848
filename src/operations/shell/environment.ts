import { setOwn } from '../../model/codec/plainObject.js'
import { OperationFailure } from '../../model/operationError.js'
import type { AttemptContext } from '../../model/work.js'
import { tracedEnvironment } from '../trace.js'

/** The environment of a program: this process's own, in the trace of the run, with what its operation adds and without what it unsets. Throws on a name it may not set. */
export function environment(
  added: Readonly<Record<string, string | null>>,
  allowed: readonly string[] | undefined,
  context: Pick<AttemptContext, 'trace'>,
): NodeJS.ProcessEnv {
  const env = tracedEnvironment(context)
  for (const [name, value] of Object.entries(added)) {
    if (name === '' || /[=\0]/.test(name)) throw new OperationFailure(malformed(name))
    if (allowed !== undefined && !allowed.includes(name)) throw new OperationFailure(refused(name, allowed))
    if (value === null) delete env[name]
    else setOwn(env, name, value)
  }
  return env
}

function malformed(name: string) {
  const message = `env: ${JSON.stringify(name)} is not the name of a variable: it must not be empty, nor hold "=" or a NUL character.`
  return { type: 'invalid-params', message, retryable: false, at: ['env', name] } as const
}

function refused(name: string, allowed: readonly string[]) {
  const known = allowed.length === 0 ? 'none' : allowed.join(', ')
  const message = `env.${name}: this run cannot set the variable "${name}". It can set: ${known}. Leave it out, or allow it with allowEnv.`
  return { type: 'not-allowed', message, retryable: false, what: name } as const
}
