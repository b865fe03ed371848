import * as E from 'fp-ts/lib/Either.js'
import type { OperationError } from '../../model/operationError.js'
import type { RunResult } from './runParams.js'
import type { ProgramEnd } from './runProgram.js'

/** The most characters of output an error carries. */
const tailLength = 2_000

/** What an ended program means for its operation. */
export function runOutcome(
  program: string,
  { exitCode, killedBy, aborted }: ProgramEnd,
  { stdout, stderr, truncated }: Omit<RunResult, 'exitCode'>,
  expected: readonly number[],
): E.Either<OperationError, RunResult> {
  const tail = tailOf(stderr)
  if (aborted) return E.left(stopped(program, killedBy ?? 'SIGTERM', tail))
  if (exitCode === null) return E.left(killed(program, killedBy ?? 'an unknown signal', tail))
  if (expected.includes(exitCode)) return E.right({ exitCode, stdout, stderr, ...(truncated === true && { truncated }) })
  const message = `${program} exited with code ${exitCode}, not ${inWords(expected)}.${lastWords(tail, tailOf(stdout))}`
  return E.left({ type: 'exit-code', message, retryable: true, exitCode, stderr: tail })
}

export function stopped(program: string, killedBy: string, stderr: string): OperationError {
  return { type: 'killed', message: `${program} was stopped: its attempt was aborted.`, retryable: false, killedBy, stderr }
}

function killed(program: string, killedBy: string, stderr: string): OperationError {
  const guess = killedBy === 'SIGKILL' ? ' Often that means that the machine ran out of memory.' : ''
  const message = `${program} was killed by ${killedBy}, which this run did not send.${guess}${lastWords(stderr, '')}`
  return { type: 'killed', message, retryable: true, killedBy, stderr }
}

function lastWords(stderr: string, stdout: string): string {
  if (stderr !== '') return ` The end of its stderr:\n${stderr}`
  return stdout === '' ? ' It wrote nothing to stderr.' : ` It wrote nothing to stderr. The end of its stdout:\n${stdout}`
}

/** The end of a text, from the start of a line when there is one. */
function tailOf(text: string): string {
  const trimmed = text.trimEnd()
  if (trimmed.length <= tailLength) return trimmed
  const tail = trimmed.slice(-tailLength)
  return `…${tail.slice(tail.indexOf('\n') + 1)}`
}

function inWords(codes: readonly number[]): string {
  return codes.length === 1 ? String(codes[0]) : `${codes.slice(0, -1).join(', ')} or ${codes.at(-1)}`
}
