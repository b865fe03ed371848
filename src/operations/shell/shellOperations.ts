import { StringDecoder } from 'node:string_decoder'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { headAndTail, type HeadAndTail } from '../../model/headAndTail.js'
import { OperationFailure, type OperationError } from '../../model/operationError.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { environment } from './environment.js'
import { anyProgram, onlyPrograms, type FindProgram } from './programs.js'
import { runEffects } from './runEffects.js'
import { runOutcome, stopped } from './runOutcome.js'
import { defaultMaxOutputBytes, RunParams, RunResult } from './runParams.js'
import { runProgram, type ProgramStart } from './runProgram.js'
import { startError } from './startError.js'
import { workingFolder } from './workingFolder.js'

export interface ShellOptions {
  /** Folders programs may run in; the first is where they run by default. */
  readonly roots: readonly string[]
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
  const settings: Settings = { graceMs: 2_000, ...options, roots: [root, ...others], findProgram }
  return [
    {
      type: 'shell',
      operation: 'run',
      summary: 'Runs a program, given as a list, and waits until it and what it started have ended.',
      params: RunParams,
      result: RunResult,
      effects: (params) => runEffects(root, params),
      perform: (params, context) => perform(params, context, settings),
    },
  ]
}

interface Settings {
  readonly roots: readonly [string, ...string[]]
  readonly findProgram: FindProgram
  readonly allowEnv?: readonly string[]
  readonly graceMs: number
}

function perform(params: RunParams, context: AttemptContext, settings: Settings): TaskEither<OperationError, RunResult> {
  const program = params.command[0] ?? ''
  return () => attempt(program, params, context, settings).catch((thrown: unknown) => E.left(startError(thrown, program)))
}

async function attempt(
  program: string,
  params: RunParams,
  context: AttemptContext,
  settings: Settings,
): Promise<E.Either<OperationError, RunResult>> {
  const { expectExitCode = 0, maxOutputBytes = defaultMaxOutputBytes } = params
  const start = await startOf(program, params, settings)
  // A process started now would only be killed at once.
  if (context.signal.aborted) return E.left(stopped(program, 'SIGTERM'))

  const kept = { stdout: bounded(maxOutputBytes), stderr: bounded(maxOutputBytes) }
  const decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') }
  const tell = (stream: 'stdout' | 'stderr', text: string): void => {
    if (text !== '') context.output(stream, text)
  }
  const onStart = (pid: number): void => context.process(pid)
  const end = await runProgram(
    { ...start, onStart },
    (stream, chunk) => {
      kept[stream].add(chunk)
      tell(stream, decoders[stream].write(chunk))
    },
    context.signal,
    settings.graceMs,
  )
  for (const stream of ['stdout', 'stderr'] as const) tell(stream, decoders[stream].end())

  const [stdout, stderr] = [kept.stdout.text(), kept.stderr.text()]
  const truncated = stdout.omitted + stderr.omitted > 0 && { truncated: true }
  const outcome = runOutcome(program, end, typeof expectExitCode === 'number' ? [expectExitCode] : expectExitCode)
  return E.map((exitCode: number): RunResult => ({ exitCode, stdout: stdout.text, stderr: stderr.text, ...truncated }))(outcome)
}

function bounded(limitBytes: number): HeadAndTail {
  const head = Math.floor(limitBytes / 2)
  return headAndTail(head, limitBytes - head)
}

async function startOf(program: string, params: RunParams, settings: Settings): Promise<ProgramStart> {
  if (process.platform === 'win32') throw new OperationFailure(withoutGroups)
  const env = environment(params.env ?? {}, settings.allowEnv)
  const cwd = await workingFolder(settings.roots, params.cwd ?? '.')
  return { file: settings.findProgram(program, cwd), args: params.command.slice(1), cwd, env, stdin: params.stdin }
}

const withoutGroups: OperationError = {
  type: 'not-allowed',
  message: 'shell run needs process groups, so that it leaves no process behind, and Windows has none. Run this under WSL.',
  retryable: false,
  what: 'shell run',
}
