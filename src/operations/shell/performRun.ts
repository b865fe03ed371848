import * as E from 'fp-ts/lib/Either.js'
import { OperationFailure, type OperationError } from '../../model/operationError.js'
import type { AttemptContext } from '../../model/work.js'
import { withTarget } from '../file/confine/pathTarget.js'
import type { Roots } from '../file/confine/roots.js'
import { folderMaker } from '../file/write/parents.js'
import type { Undoable } from '../file/write/undoableChange.js'
import { writeFilled, type WriteMore } from '../file/write/writeFilled.js'
import { environment } from './environment.js'
import { outputCollector } from './outputCollector.js'
import type { FindProgram } from './programs.js'
import { runOutcome, stopped } from './runOutcome.js'
import type { RunParams, RunResult } from './runParams.js'
import { runProgram, type ProgramStart } from './runProgram.js'
import { refuseReservedFolder, workingFolder } from './workingFolder.js'
import { processStart } from '../../system/processStart.js'

/** What a run may start, and where. */
export interface RunSettings {
  readonly space: Roots
  readonly roots: readonly [string, ...string[]]
  readonly findProgram: FindProgram
  readonly allowEnv?: readonly string[]
  readonly graceMs: number
}

type Ended = E.Either<OperationError, RunResult>

/** One attempt of `shell.run`. Rejects when the program could not be started, or its output not written. */
export async function performRun(params: RunParams, context: AttemptContext, settings: RunSettings): Promise<Ended> {
  const start = await startingPoint(params, settings, context)
  // A process started now would only be killed at once.
  if (context.signal.aborted) return E.left(stopped(start.file, 'SIGTERM'))
  if (params.stdoutTo === undefined) return run(start, params, context, settings, undefined)
  return intoFile(params.stdoutTo, start, params, context, settings)
}

// What a program did besides cannot be taken back: its file is not either, so that a rollback never says it was.
const neverUndone = ({ signal }: AttemptContext): Undoable => ({ undoable: false, onUndo: () => undefined, signal })

function intoFile(path: string, start: ProgramStart, params: RunParams, context: AttemptContext, settings: RunSettings): Promise<Ended> {
  const { space } = settings
  const walk = { links: 'all', purpose: 'change', makeFolder: folderMaker(space, neverUndone(context)), signal: context.signal } as const
  return withTarget(space, path, walk, async (target) => {
    const { value, bytes } = await writeFilled(space, neverUndone(context), target, async (write) => {
      const ended = await run(start, params, context, settings, inOrder(write))
      // Thrown, so that the file stays as it was.
      if (ended._tag === 'Left') throw new OperationFailure(ended.left)
      return ended.right
    })
    return E.right({ ...value, stdoutTo: target.label, stdoutBytes: bytes })
  })
}

async function run(
  start: ProgramStart,
  params: RunParams,
  context: AttemptContext,
  { graceMs }: RunSettings,
  toFile: ReturnType<typeof inOrder> | undefined,
): Promise<Ended> {
  const { expectExitCode = 0, command } = params
  const output = outputCollector(params, context, toFile?.write)
  const onStart = (pid: number): void => context.process(pid, processStart(pid))
  const end = await runProgram({ ...start, onStart }, output.hear, context.signal, graceMs)
  await toFile?.written()
  const outcome = runOutcome(command[0] ?? '', end, typeof expectExitCode === 'number' ? [expectExitCode] : expectExitCode)
  output.end(outcome._tag === 'Left')
  return E.map((exitCode: number): RunResult => ({ exitCode, ...output.result() }))(outcome)
}

/** What is left in a pipe at the end of a program is read without waiting: then more than one piece may be on its way. */
function inOrder(write: WriteMore): { readonly write: WriteMore; readonly written: () => Promise<void> } {
  let last = Promise.resolve()
  return {
    write: (chunk) => (last = last.then(() => write(chunk))),
    written: () => last,
  }
}

/** What to start for an operation: its program looked up, its folder inside the roots. */
export async function startingPoint(
  params: RunParams,
  { space, roots, findProgram, allowEnv }: RunSettings,
  context: Pick<AttemptContext, 'trace'>,
): Promise<ProgramStart> {
  if (process.platform === 'win32') throw new OperationFailure(withoutGroups)
  const [program = '', ...args] = params.command
  const env = environment(params.env ?? {}, allowEnv, context)
  const cwd = await workingFolder(roots, params.cwd ?? '.')
  refuseReservedFolder(space, cwd, params.cwd ?? '.')
  return { file: findProgram(program, cwd), args, cwd, env, stdin: params.stdin }
}

const withoutGroups: OperationError = {
  type: 'not-allowed',
  message: 'shell run needs process groups to leave no process running, and Windows has none. Run this under WSL.',
  retryable: false,
  what: 'shell run',
}
