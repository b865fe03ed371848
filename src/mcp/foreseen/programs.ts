import { resolve } from 'node:path'
import { isPlainObject, own } from '../../model/codec/plainObject.js'
import { OperationFailure } from '../../model/operationError.js'
import { onlyPrograms } from '../../operations/shell/programs.js'
import type { Foresee } from './foreseen.js'

/** Programs and variables, written out in a plan, that are not allowed. */
export function programsAhead(root: string, allowed: readonly string[], allowEnv: readonly string[]): Foresee {
  const find = onlyPrograms(allowed)
  return (name, params) => {
    if (name !== 'shell.run') return []
    const command = own(params, 'command')
    const program: unknown = Array.isArray(command) ? command[0] : undefined
    const cwd = own(params, 'cwd')
    // Where a program by its path would be looked for is known only with its folder.
    const known = typeof program === 'string' && (typeof cwd === 'string' || cwd === undefined || !program.includes('/'))
    const refusal = known ? reasonAgainst(() => find(program, resolve(root, typeof cwd === 'string' ? cwd : '.'))) : undefined
    const env = own(params, 'env')
    const variables = isPlainObject(env) ? Object.keys(env).filter((variable) => !allowEnv.includes(variable)) : []
    const [first = '', ...others] = typeof program === 'string' ? program.trim().split(/\s+/) : []
    const isLine = refusal !== undefined && others.length > 0 && reasonAgainst(() => find(first, root)) === undefined
    const line = isLine ? [first, ...others, ...(command as readonly unknown[]).slice(1)] : []
    return [
      ...(isLine
        ? [
            {
              field: 'command[0]',
              text: `${JSON.stringify(program)} is not a program: write each argument as an item of its own. Here: ${JSON.stringify(line)}.`,
            },
          ]
        : []),
      ...(refusal === undefined || isLine ? [] : [{ field: 'command[0]', text: refusal }]),
      ...variables.map((variable) => ({
        field: `env.${variable}`,
        text: `plans on this server cannot set the variable ${JSON.stringify(variable)}. They can set: ${allowEnv.length === 0 ? 'none' : allowEnv.join(', ')}. Leave it out, or have the server started with --allow-env ${variable}.`,
      })),
    ]
  }
}

function reasonAgainst(find: () => string): string | undefined {
  try {
    find()
    return undefined
  } catch (error) {
    if (!(error instanceof OperationFailure)) throw error
    return error.error.message.replace(/^command\[0\]: /, '')
  }
}
