import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { holdGroup } from './liveGroups.js'
import { endGroup, endLeftovers } from './processGroup.js'

/** What to start, and where. */
export interface ProgramStart {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly stdin: string | undefined
  /** Told the process, which leads its group, as soon as it has started. */
  readonly onStart?: (pid: number) => void
}

/** How a program ended: by itself with a code, or by a signal. */
export interface ProgramEnd {
  readonly exitCode: number | null
  readonly killedBy: NodeJS.Signals | null
  /** Whether the abort came before it had ended. */
  readonly aborted: boolean
  /** Whether it wrote nothing at all. */
  readonly silent: boolean
}

/** How long pipes may stay open once the group has ended: only a process that left the group can still hold them. */
const drainMs = 500

/**
 * Runs a program in a process group of its own and resolves once the whole group has ended and its output was read.
 *
 * In whatever order the leader's exit, the end of its output and the abort come: the group is ended once, by the first of exit
 * and abort; output written before that is read; pipes that a process outside the group keeps open are closed. Rejects only when
 * the program could not be started.
 */
export async function runProgram(
  { file, args, cwd, env, stdin, onStart }: ProgramStart,
  onOutput: (stream: 'stdout' | 'stderr', chunk: Buffer) => void,
  signal: AbortSignal,
  graceMs: number,
): Promise<ProgramEnd> {
  const child = spawn(file, args, { cwd, env, detached: true, stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] })
  const leader = new Promise<ProgramEnd>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (exitCode, killedBy) => resolve({ exitCode, killedBy, aborted: signal.aborted, silent: true }))
  })
  const group = child.pid
  if (group === undefined) return leader

  const { release } = holdGroup(group)
  onStart?.(group)
  let ending: Promise<void> | undefined
  const stop = (): void => {
    ending ??= endGroup(group, graceMs)
  }
  signal.addEventListener('abort', stop, { once: true })
  // A program may end without having read its input: that is no failure, and its exit code tells what it made of it.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(stdin)
  let silent = true
  const hear =
    (stream: 'stdout' | 'stderr') =>
    (chunk: Buffer): void => {
      silent = false
      onOutput(stream, chunk)
    }
  const drained = Promise.all([drain(child.stdout, hear('stdout')), drain(child.stderr, hear('stderr'))])

  const end = await leader
  signal.removeEventListener('abort', stop)
  await (ending ?? endLeftovers(group, graceMs))
  release()
  await within(drainMs, drained)
  for (const stream of child.stdio) stream?.destroy()
  await drained
  return { ...end, silent }
}

function drain(stream: Readable | null, onChunk: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve) => {
    if (stream === null) return resolve()
    stream.on('data', onChunk)
    stream.once('close', resolve)
  })
}

function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, limitMs)
    void work.then(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
