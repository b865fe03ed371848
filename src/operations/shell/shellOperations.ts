// operations/shell: programs, each in a process group of its own, and what becomes of what they write.
import * as E from 'fp-ts/lib/Either.js'
import type { OperationType } from '../../model/operationType.js'
import { rootsOf } from '../file/confine/roots.js'
import { unfitStream } from './notText.js'
import { performRun, type RunSettings } from './performRun.js'
import { anyProgram, onlyPrograms } from './programs.js'
import { runEffects } from './runEffects.js'
import { RunParams, RunResult } from './runParams.js'
import { performService } from './service/performService.js'
import { ServiceParams, ServiceResult } from './service/serviceParams.js'
import { startError } from './startError.js'

export interface ShellOptions {
  /** Folders programs may run in; the first is where they run by default. */
  readonly roots: readonly string[]
  /** Paths that `stdoutTo` may not write to, and no program runs in, besides `.millrace`: relative to each root, or absolute. */
  readonly reserved?: readonly string[]
  /** Whether the same holds for what Git keeps. Default: false. */
  readonly readOnlyGit?: boolean
  /** The programs that may be started: names, looked up on the PATH at once, or paths. Default: all. */
  readonly allowPrograms?: readonly string[]
  /** The names `env` may set. Default: all. */
  readonly allowEnv?: readonly string[]
  /** Time between TERM and KILL, in ms. Default: 2,000. */
  readonly graceMs?: number
}

/** `shell.run`: starts a program without any shell, streams what it writes, and ends with its whole process group. */
export function shellOperations(options: ShellOptions): readonly [OperationType<RunParams, RunResult>] {
  const [root, ...others] = options.roots
  if (root === undefined) throw new TypeError('shellOperations needs at least one root: the folder programs run in, such as ".".')
  const findProgram = options.allowPrograms === undefined ? anyProgram : onlyPrograms(options.allowPrograms)
  const settings: RunSettings = { graceMs: 2_000, ...options, space: rootsOf(options), roots: [root, ...others], findProgram }
  return [
    {
      type: 'shell',
      operation: 'run',
      summary: 'Runs a program, given as a list, and waits until it and its child processes have ended.',
      params: RunParams,
      result: RunResult,
      unfit: unfitStream,
      effects: (params) => runEffects(settings.space, params),
      perform: (params, context) => () =>
        performRun(params, context, settings).catch((thrown: unknown) => E.left(startError(thrown, params.command[0] ?? ''))),
      service: serviceType(settings),
    },
  ]
}

function serviceType(settings: RunSettings): OperationType<ServiceParams, ServiceResult> {
  return {
    type: 'shell',
    operation: 'run',
    summary: 'Runs a program, given as a list, beside its dependents, and stops it after the last of them.',
    params: ServiceParams,
    result: ServiceResult,
    local: true, // Its dependents look for it on this machine.
    effects: (params) => runEffects(settings.space, params),
    perform: (params, context) => () =>
      performService(params, context, settings).catch((thrown: unknown) => E.left(startError(thrown, params.command[0] ?? ''))),
  }
}
