import type { shellOperations } from '../shell/shellOperations.js'
import { recordBuilder, type BuilderOf, type ResultOfBuilder } from './recordBuilder.js'

/** The builder of programs. */
export interface ShellBuilders {
  readonly run: BuilderOf<typeof shellOperations>
}

/** The result of a program. */
export type ShellResult = ResultOfBuilder<ShellBuilders['run']>

/**
 * Makes operations that run a program: `shell.run(id, params, settings?)`, a plain record as in a plan file, with a typed result.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { operation, runBatch, valueOf } from 'millrace'
 * import { shell, standardOperations } from 'millrace/node'
 * const version = shell.run('version', { command: ['node', '--version'] })
 * const major = operation('major', { version }, ({ version }) => version.stdout.slice(0, 1))
 * const run = runBatch([version, major], { operations: standardOperations({ root: '.' }) })
 * await lastValueFrom(run.pipe(valueOf(major))) // => 'v'
 * ```
 * @since 0.2.0
 */
export const shell: ShellBuilders = { run: recordBuilder<typeof shellOperations>('shell', 'run') }
