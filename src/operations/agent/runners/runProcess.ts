import { OperationFailure } from '../../../model/operationError.js'
import { quoteText } from '../../../model/fault/quote.js'
import type { AttemptContext } from '../../../model/work.js'
import { runOutcome, stopped } from '../../shell/runOutcome.js'
import { runProgram, type ProgramEnd } from '../../shell/runProgram.js'
import { startError } from '../../shell/startError.js'
import { tracedEnvironment } from '../../trace.js'
import { untilRoom } from '../../untilRoom.js'
import { workingFolder } from '../../shell/workingFolder.js'
import { programReport, type ProgramReport } from './programReport.js'
import { wholePrompt } from './prompt.js'
import { agentError, needsInput } from '../refusals.js'
import type { ProcessRunner, RunnerReply, TextTask } from '../runner.js'
import type { RunnerLimits } from './runnerLimits.js'
import { processStart } from '../../../system/processStart.js'

/**
 * Does a task by a program: started in a process group of its own, told the task on its stdin, and gone with everything it
 * started when this ends.
 *
 * Whatever it does, one thing decides, in this order: the abort of the attempt, a limit it broke, a question or failure it told,
 * its exit, and that it told no result.
 */
export async function runProcess(
  runner: ProcessRunner,
  task: TextTask,
  context: AttemptContext,
  roots: readonly [string, ...string[]],
  limits: RunnerLimits,
): Promise<RunnerReply> {
  const [file = '', ...args] = runner.command.map((part) => filledIn(part, task))
  const cwd = await workingFolder(roots, runner.cwd ?? '.')
  if (context.signal.aborted) throw new OperationFailure(stopped(file, 'SIGTERM'))
  const report = programReport(runner.format, limits.maxLineLength, context, task.settings.prices)
  const stop = new AbortController()
  const abort = (): void => stop.abort()
  context.signal.addEventListener('abort', abort, { once: true })
  let broken: string | undefined
  let lingering: NodeJS.Timeout | undefined
  let bytes = 0

  const breakOff = (much: string): void => {
    broken ??= much
    stop.abort()
  }
  const hear = (stream: 'stdout' | 'stderr', chunk: Buffer): Promise<void> | undefined => {
    if (broken !== undefined) return undefined
    bytes += chunk.length
    if (bytes > limits.maxOutputBytes) breakOff(`more than ${limits.maxOutputBytes} bytes for one task`)
    else if (stream === 'stderr') report.stderr(chunk)
    else if (!report.stdout(chunk)) breakOff(`a line of more than ${limits.maxLineLength} characters`)
    else if (report.state.done) lingering ??= setTimeout(abort, limits.lingerMs)
    return untilRoom(context)
  }
  try {
    const onStart = (pid: number): void => {
      context.process(pid, processStart(pid))
      task.onStart?.(pid)
    }
    const start = { file, args, cwd, env: tracedEnvironment(context), stdin: wholePrompt(task), onStart }
    const end = await runProgram(start, hear, stop.signal, limits.graceMs).catch((thrown: unknown) => {
      throw new OperationFailure(startError(thrown, file))
    })
    if (context.signal.aborted) throw new OperationFailure(stopped(file, end.killedBy ?? 'SIGTERM'))
    if (broken !== undefined) throw tooLarge(task, broken, limits)
    return answerOf(file, task, report, end)
  } finally {
    clearTimeout(lingering)
    context.signal.removeEventListener('abort', abort)
  }
}

/** Only whole arguments of the command are the user's: what is put in cannot become another argument. */
function filledIn(part: string, { agent, kind, settings }: TextTask): string {
  const values: Readonly<Record<string, string>> = { agent, kind, model: settings.model ?? '' }
  return part.replace(/\{\{(agent|kind|model)\}\}/g, (_, name: string) => values[name] ?? '')
}

function answerOf(file: string, { agent, mayAsk, turns }: TextTask, report: ProgramReport, end: ProgramEnd): RunnerReply {
  // A program that had told its result and stayed was ended by us: its result counts.
  const lingered = report.state.done && end.aborted
  if (end.exitCode !== null || lingered) report.close()
  const { question, failure, done, answer = '', usage } = report.state
  if (question !== undefined && mayAsk) return { text: answer, question, ...(usage !== undefined && { usage }) }
  if (question !== undefined) throw needsInput(agent, question, [...turns, { by: 'agent', text: question }])
  if (failure !== undefined) throw agentError(agent, `The agent ${quoteText(agent)} failed: ${failure}`, true)
  if (!lingered) {
    const judged = runOutcome(file, end, [0])
    if (judged._tag === 'Left') throw new OperationFailure(judged.left)
  }
  if (!done) throw agentError(agent, `The program of the agent ${quoteText(agent)} ended without a result.`, true)
  // An exit code of 0 is no answer.
  if (answer.trim() === '') throw agentError(agent, `The program of the agent ${quoteText(agent)} ended without saying anything.`, true)
  return { text: answer, ...(usage !== undefined && { usage }) }
}

function tooLarge({ agent }: TextTask, much: string, { maxOutputBytes }: RunnerLimits): OperationFailure {
  const message = `The program of the agent ${quoteText(agent)} wrote ${much}, and was stopped.`
  return new OperationFailure({ type: 'too-large', message, retryable: false, limitBytes: maxOutputBytes })
}
