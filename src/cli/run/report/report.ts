// cli/run/report: the summary of a run on stdout, for people and for programs.
import type { CancelCause } from '../../../model/outcome.js'
import type { RollbackSummary, RootCause, StopCause, Summary } from '../../../model/summary.js'
import type { Usage } from '../../../model/usage.js'
import { count, thousands, listed } from '../../../terminal/text/count.js'
import { duration } from '../../../terminal/text/duration.js'
import type { Paint } from '../../../terminal/text/paint.js'
import type { ShowCommand } from '../../../terminal/live/showCommand.js'
import { oneLine, visible, visibleOutput } from '../../../terminal/text/visible.js'
import { wrapped } from '../../../terminal/text/width.js'
import { closingLines } from './closingList.js'
import { linesForEach, outputLines } from './failureOutput.js'
import type { Sample, ReportDetails } from './reportDetails.js'

const shownCauses = 20
const keptNames = 5
const shownMessageLines = 12

/** How a report is written. */
export interface ReportStyle {
  readonly paint: Paint
  /** Whether what failed is shown with its output; not where that has been shown already. */
  readonly output: boolean
  /** The command that shows all of an operation; undefined where no log keeps it. */
  readonly show?: ShowCommand
  /** The columns that lines are broken at, between words; undefined where nobody breaks them. */
  readonly columns?: number | undefined
}

/** A finished run for people: what failed by itself first, then what followed from it, what ran, the counts last. */
export function report(summary: Summary, details: ReportDetails, style: ReportStyle): string {
  const { paint, columns = Infinity } = style
  const paragraphs = [
    ...causes(summary, details, style),
    ...stopped(summary, details, style),
    notes(summary, details),
    closingLines(details.ran, paint, columns),
    conclusion(summary, paint),
  ]
  return `${paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.flatMap((line) => (isCopied(line) ? line : wrapped(line, columns, '  '))).join('\n'))
    .join('\n\n')}\n`
}

// What a program wrote, and a command to be copied, stay as they are: a terminal that breaks a line itself copies it whole.
function isCopied(line: string): boolean {
  return line.includes('  │ ') || line.includes('  Details: ')
}

function causes(summary: Summary, details: ReportDetails, style: ReportStyle): readonly (readonly string[])[] {
  const shown = summary.rootCauses.slice(0, shownCauses)
  const hidden = summary.rootCauses.length + summary.rootCausesOmitted - shown.length
  const most = linesForEach(shown.map(({ error }) => error))
  const paragraphs = shown.map((cause) => causeLines(cause, summary.runId, details.blockedBy.get(cause.id), most, style))
  return hidden > 0 ? [...paragraphs, [`${count(hidden, 'more operation')} failed. --json lists every one.`]] : paragraphs
}

/** What was going on when a run ran out of time: its programs may have said what they waited for. */
function stopped(
  { runId }: Summary,
  { stopped: list }: ReportDetails,
  { paint, output, show }: ReportStyle,
): readonly (readonly string[])[] {
  if (!output) return []
  const most = linesForEach(list.map((event) => event.output ?? {}))
  return list.map((event) => [
    `${paint('caution', `⊘ ${visible(event.id)}`)} was cancelled.`,
    ...outputLines(event.output ?? {}, most, paint),
    ...(show === undefined ? [] : [paint('faint', `  Details: ${visible(show(runId, event.id))}`)]),
  ])
}

function causeLines(
  cause: RootCause,
  runId: string,
  blocked: Sample | undefined,
  most: number,
  { paint, output, show }: ReportStyle,
): readonly string[] {
  const [first = '', ...rest] = cause.error.message.trimEnd().split('\n')
  const lines = [
    `${paint('bad', `✗ ${visible(cause.id)}`)} failed: ${visible(first)}`,
    ...rest.slice(0, shownMessageLines).map((line) => `  ${visibleOutput(line)}`),
    ...(output ? outputLines(cause.error, most, paint) : []),
  ]
  // The summary's own count holds what the policy kept from starting too, which the notes tell, and counts what had two causes twice.
  if (blocked !== undefined)
    lines.push(`  Because of it, ${count(blocked.total, 'operation was', 'operations were')} skipped: ${names(blocked)}.`)
  // The id may be anything: as a word of a shell it must still not move the cursor.
  if (show !== undefined) lines.push(paint('faint', `  Details: ${visible(show(runId, cause.id))}`))
  return lines
}

function notes(summary: Summary, details: ReportDetails): readonly string[] {
  const lines: string[] = []
  const note = (sample: Sample, text: string): void => {
    if (sample.total > 0) lines.push(`${text}: ${names(sample)}.`)
  }
  note(details.skipped.gate, 'Skipped because its condition did not hold')
  note(details.skipped.policy, 'Not started, because onFailure starts no more operations after a failure')
  if (details.cancelCause !== undefined) note(details.cancelled, `Cancelled, because ${causeWords(details.cancelCause)}`)
  const orphaned = withoutCause(summary, details)
  note(orphaned, 'Skipped, because something they need was cancelled')
  note(details.recovered, 'Failed, and replaced by the fallback value')
  if (summary.usage !== undefined) lines.push(usageLine(summary.usage))
  if (summary.detached.length > 0)
    lines.push(`Possibly still running, because the abort was ignored: ${listed(summary.detached.map(visible), summary.detached.length)}.`)
  if (summary.rollback !== undefined) lines.push(...rollbackLines(summary.rollback, details))
  else if (!summary.ok && summary.counts.succeeded > 0) {
    const done = summary.counts.succeeded
    lines.push(
      done === 1
        ? 'The effects of the one operation that succeeded remain.'
        : `The effects of the ${thousands(done)} operations that succeeded remain.`,
    )
  }
  return lines
}

// Beside a failure those it kept from running are named; a cancelled operation has no place of its own in a report.
function withoutCause({ rootCauses, rootCausesOmitted }: Summary, { blockedBy }: ReportDetails): Sample {
  if (rootCausesOmitted > 0) return { total: 0, ids: [] }
  const told = new Set(rootCauses.map(({ id }) => id))
  const others = [...blockedBy].flatMap(([cause, sample]) => (told.has(cause) ? [] : [sample]))
  return { total: others.reduce((sum, { total }) => sum + total, 0), ids: others.flatMap(({ ids }) => ids).slice(0, keptNames) }
}

function rollbackLines({ undone, failed, notUndoable }: RollbackSummary, details: ReportDetails): readonly string[] {
  const lines = [`Rolled back: ${count(undone, 'operation was', 'operations were')} undone.`]
  for (const { id, error } of details.undoFailures) lines.push(`Not undone: ${visible(id)}. ${oneLine(error.message)}`)
  const hidden = failed.length - details.undoFailures.length
  if (hidden > 0) lines.push(`${count(hidden, 'more operation was', 'more operations were')} not undone.`)
  if (notUndoable.length > 0) lines.push(`Cannot be undone: ${listed(notUndoable.map(visible), notUndoable.length)}.`)
  return lines
}

function conclusion(summary: Summary, paint: Paint): readonly string[] {
  const { counts } = summary
  const name = summary.name === undefined ? '' : `${visible(summary.name)}: `
  if (counts.total === 0) return [`${name}nothing to do.`]
  const time = `in ${duration(summary.makespanMs)}`
  const told = counts.succeeded === counts.total ? allSucceeded(counts.total, time) : someSucceeded(summary, time)
  const lines = [`${name}${paint(summary.ok ? 'good' : 'bad', told)}`]
  const mean = summary.makespanMs > 0 ? summary.workMs / summary.makespanMs : 0
  const retries =
    summary.retries > 0
      ? ` ${count(summary.attempts, 'attempt')} in all, ${count(summary.retries, 'of them a retry', 'of them retries')}.`
      : ''
  if (counts.total > 1 && mean > 0)
    lines.push(
      paint('faint', `On average ${mean.toFixed(1)} operations ran at once, of at most ${thousands(summary.concurrency)}.${retries}`),
    )
  else if (retries !== '') lines.push(paint('faint', retries.trim()))
  if (summary.stoppedBy !== undefined) lines.push(stopWords(summary.stoppedBy))
  return lines
}

function allSucceeded(total: number, time: string): string {
  return total === 1
    ? `the operation succeeded ${time}.`
    : total === 2
      ? `both operations succeeded ${time}.`
      : `all ${thousands(total)} operations succeeded ${time}.`
}

function someSucceeded({ counts }: Summary, time: string): string {
  const parts = [`${thousands(counts.succeeded)} of ${count(counts.total, 'operation')} succeeded`]
  if (counts.failed > 0) parts.push(`${thousands(counts.failed)} failed`)
  if (counts.skipped > 0) parts.push(`${count(counts.skipped, 'was', 'were')} skipped`)
  if (counts.cancelled > 0) parts.push(`${count(counts.cancelled, 'was', 'were')} cancelled`)
  return `${parts.join(', ')}, ${time}.`
}

function names(sample: Sample): string {
  return listed(sample.ids.map(visible), sample.total)
}

function stopWords(cause: StopCause): string {
  switch (cause.type) {
    case 'no-new':
      return `No more operations were started after the failure of ${failed(cause.because)}.`
    case 'journal':
      return `No more operations were started, because the event log could not be written: ${oneLine(cause.error.message)}`
    case 'source':
      return `The source of its operations failed: ${oneLine(cause.error.message)}`
    case 'signal':
    case 'run-timeout':
      return `${sentenceStart(causeWords(cause))}.`
    case 'policy':
      return `The run was stopped by the failure of ${failed(cause.because)}.`
  }
}

function causeWords(cause: CancelCause): string {
  switch (cause.type) {
    case 'signal':
      return visible(cause.message)
    case 'run-timeout':
      return `the run took longer than its ${duration(cause.timeoutMs)}`
    case 'parent':
      return `${visible(cause.id)}, which they are part of, was stopped`
    case 'service':
      return `${visible(cause.id)}, the service they depend on, has ended`
    case 'policy':
      return `of the failure of ${failed(cause.because)}`
  }
}

function failed(ids: readonly string[]): string {
  return listed(ids.map(visible), ids.length, 3)
}

function sentenceStart(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function usageLine({ inputTokens, outputTokens, costUsd }: Usage): string {
  const parts = [
    ...(inputTokens === undefined ? [] : [`${thousands(inputTokens)} input tokens`]),
    ...(outputTokens === undefined ? [] : [`${thousands(outputTokens)} output tokens`]),
    ...(costUsd === undefined ? [] : [`$${costUsd.toFixed(4)}`]),
  ]
  return `Agents used ${listed(parts)}.`
}
