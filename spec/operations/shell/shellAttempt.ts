import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Either } from 'fp-ts/lib/Either.js'
import * as assert from 'uvu/assert'
import type { OperationError } from '../../../src/model/operationError.js'
import type { AttemptContext } from '../../../src/model/work.js'
import type { RunResult } from '../../../src/operations/shell/runParams.js'
import { shellOperations, type ShellOptions } from '../../../src/operations/shell/shellOperations.js'
import { attemptContext } from '../../support/attemptContext.js'

/** The argv of a program written in place. */
export const node = (script: string, ...args: readonly string[]): readonly string[] => [process.execPath, '-e', script, ...args]

export interface Told {
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

/** An attempt under way: its end, what it has told so far, and its abort. */
export interface ShellAttempt {
  readonly ended: Promise<Either<OperationError, RunResult>>
  readonly told: readonly Told[]
  readonly abort: () => void
  /** Resolves with the text told so far, once it holds `part`. */
  readonly saying: (part: string) => Promise<string>
}

/** Starts one attempt of `shell.run` in a root folder. With `onOutput`, nothing told is kept. */
export function start(
  root: string,
  params: object,
  options: Omit<ShellOptions, 'roots'> = {},
  onOutput?: AttemptContext['output'],
): ShellAttempt {
  const [type] = shellOperations({ roots: [root], ...options })
  const decoded = type.params.decode(params)
  if (decoded._tag === 'Left') throw new Error(`These params do not fit shell run: ${JSON.stringify(params)}`)
  const controller = new AbortController()
  const told: Told[] = []
  const waiting: (() => void)[] = []
  const context = attemptContext({
    signal: controller.signal,
    output:
      onOutput ??
      ((stream, text) => {
        told.push({ stream, text })
        for (const check of waiting) check()
      }),
  })
  const work = type.perform(decoded.right, context)
  if (typeof work !== 'function') throw new Error('shell run is expected to give a TaskEither.')
  const saying = (part: string): Promise<string> =>
    new Promise((resolve) => {
      const check = (): void => {
        const text = told.map((event) => event.text).join('')
        if (text.includes(part)) resolve(text)
      }
      waiting.push(check)
      check()
    })
  // perform is declared as any Work; the check above leaves only the TaskEither of this type.
  return { ended: work() as ShellAttempt['ended'], told, abort: () => controller.abort(), saying }
}

/** The result of an attempt that is expected to succeed. */
export async function resultOf(root: string, params: object, options?: Omit<ShellOptions, 'roots'>): Promise<RunResult> {
  const end = await start(root, params, options).ended
  if (end._tag === 'Left') throw new Error(`It failed: ${end.left.message}`)
  return end.right
}

/** The error of an attempt that is expected to fail. */
export async function errorOf(root: string, params: object, options?: Omit<ShellOptions, 'roots'>): Promise<OperationError> {
  const end = await start(root, params, options).ended
  if (end._tag === 'Right') throw new Error(`It succeeded: ${JSON.stringify(end.right)}`)
  return end.left
}

/** Runs `use` with a folder of its own, by its real path, and removes it. */
export async function inFolder<A>(use: (folder: string) => Promise<A> | A): Promise<A> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'millrace-shell-')))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** Whether a process is there and not merely waiting to be reaped. */
export function isRunning(pid: number): boolean {
  const states = execFileSync('ps', ['-e', '-o', 'pid=,stat='], { encoding: 'utf8' })
  return states.split('\n').some((line) => new RegExp(`^\\s*${pid}\\s+[^ZX]`).test(line))
}

/** Holds that none of these is left: one that was killed still shows until it has had its turn on a machine with other work. */
export async function noneLeft(pids: readonly number[]): Promise<void> {
  const until = performance.now() + 30_000
  while (pids.some(isRunning) && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(pids.filter(isRunning), [])
}
