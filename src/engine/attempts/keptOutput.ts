import { headAndTail, type HeadAndTail } from '../../model/text/headAndTail.js'
import type { OperationError, ProgramOutput } from '../../model/operationError.js'

/** How much of each stream a failure keeps: how it began, and above all how it ended. */
const headBytes = 4 * 1024
const tailBytes = 12 * 1024

const utf8 = new TextEncoder()

/**
 * What one attempt has given out, for the case that it fails: the beginning and the end of each stream.
 *
 * It is given the text as events told it, so secrets are masked before anything is cut. Only an attempt that gives something out
 * has one.
 */
export class KeptOutput {
  private readonly stdout: HeadAndTail = headAndTail(headBytes, tailBytes)
  private readonly stderr: HeadAndTail = headAndTail(headBytes, tailBytes)

  add(stream: 'stdout' | 'stderr', told: string): void {
    this[stream].add(utf8.encode(told))
  }

  output(): ProgramOutput {
    const [stdout, stderr] = [this.stdout.text(), this.stderr.text()]
    const omitted = stdout.omitted + stderr.omitted > 0 && { omitted: { stdout: stdout.omitted, stderr: stderr.omitted } }
    return { stdout: stdout.text, stderr: stderr.text, ...omitted }
  }
}

/** The error with what its attempt had given out. */
export function withOutput(error: OperationError, kept: KeptOutput | undefined): OperationError {
  return kept === undefined ? error : { ...error, ...kept.output() }
}
