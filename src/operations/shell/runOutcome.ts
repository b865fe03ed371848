import * as E from 'fp-ts/lib/Either.js'
import type { OperationError } from '../../model/operationError.js'
import type { ProgramEnd } from './runProgram.js'

/**
 * Whether an ended program did what its operation expected: its exit code, or why it failed.
 *
 * What it wrote is not part of the message: the error of the attempt carries both streams.
 */
export function runOutcome(
  program: string,
  { exitCode, killedBy, aborted, silent }: ProgramEnd,
  expected: readonly number[],
): E.Either<OperationError, number> {
  if (aborted) return E.left(stopped(program, killedBy ?? 'SIGTERM'))
  const words = silent ? ' It wrote nothing.' : ''
  if (exitCode === null) return E.left(killed(program, killedBy ?? 'an unknown signal', words))
  if (expected.includes(exitCode)) return E.right(exitCode)
  const instead = expected.length === 1 && expected[0] === 0 ? '' : `, not ${inWords(expected)}`
  return E.left({ type: 'exit-code', message: `${program} exited with code ${exitCode}${instead}.${words}`, retryable: true, exitCode })
}

export function stopped(program: string, killedBy: string): OperationError {
  return { type: 'killed', message: `${program} was stopped: its attempt was aborted.`, retryable: false, killedBy }
}

function killed(program: string, killedBy: string, words: string): OperationError {
  const guess = killedBy === 'SIGKILL' ? ' Often that means that the machine ran out of memory.' : ''
  const message = `${program} was killed by ${killedBy}, which this run did not send.${guess}${words}`
  return { type: 'killed', message, retryable: true, killedBy }
}

function inWords(codes: readonly number[]): string {
  return codes.length === 1 ? String(codes[0]) : `${codes.slice(0, -1).join(', ')} or ${codes.at(-1)}`
}
