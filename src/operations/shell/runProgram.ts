import { spawn } from 'node:child_process'
import { endGroup, endLeftovers } from '../group/processGroup.js'
import { startGroup } from '../group/startGroup.js'
import { readPipe, type TakeChunk } from './pipe.js'

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

/** Takes what a program writes. While it gives a promise, the pipe is paused, and so the program in the end; when that rejects, the program is stopped. */
export type OnOutput = (stream: 'stdout' | 'stderr', chunk: Buffer) => Promise<void> | undefined

/** How long pipes may stay open once the group has ended: only a process that left the group can still hold them. */
const drainMs = 500

/**
 * Runs a program in a process group of its own and resolves once the whole group has ended and its output was read.
 *
 * In whatever order the leader's exit, the end of its output and the abort come: the group is ended once, by the first of exit
 * and abort; output written before that is read; pipes that a process outside the group keeps open are closed. Rejects when the
 * program could not be started, and, once it has ended, with what a promise of `onOutput` rejected with.
 */
export async function runProgram(
  { file, args, cwd, env, stdin, onStart }: ProgramStart,
  onOutput: OnOutput,
  signal: AbortSignal,
  graceMs: number,
): Promise<ProgramEnd> {
  const stdio = [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] as const
  const { child, group, release } = startGroup(env, (marked) => spawn(file, args, { cwd, env: marked, detached: true, stdio: [...stdio] }))
  const leader = new Promise<Omit<ProgramEnd, 'silent'>>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (exitCode, killedBy) => resolve({ exitCode, killedBy, aborted: signal.aborted }))
  })
  if (group === undefined) return { ...(await leader), silent: true }

  onStart?.(group)
  let ending: Promise<void> | undefined
  const stop = (): void => {
    ending ??= endGroup(group, graceMs)
  }
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop() // By whoever heard that it has started.
  // A program may end without having read its input: that is no failure, and its exit code tells what it made of it.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(stdin)
  let silent = true
  const failures: unknown[] = []
  const pipes = streams.flatMap((name) => {
    const stream = child[name]
    const take: TakeChunk = (chunk) => {
      silent = false
      return onOutput(name, chunk)
    }
    const failed = (thrown: unknown): void => {
      failures.push(thrown)
      stop()
    }
    return stream === null ? [] : [readPipe(stream, take, failed)]
  })
  const drained = Promise.all(pipes.map(({ closed }) => closed))

  const end = await leader
  signal.removeEventListener('abort', stop)
  await (ending ?? endLeftovers(group, graceMs))
  release()
  for (const pipe of pipes) pipe.readOn()
  await within(drainMs, drained)
  for (const pipe of pipes) pipe.close()
  child.stdin?.destroy()
  await drained
  if (failures.length > 0) throw failures[0]
  return { ...end, silent }
}

const streams = ['stdout', 'stderr'] as const

function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    // Not at once: if this process stood still for that long, what is in the pipes has yet to be read.
    const timer = setTimeout(() => setImmediate(resolve), limitMs)
    void work.then(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
