// cli/show: the command that shows a past run again, and one of its operations with everything the log has of it.
import { basename } from 'node:path'
import { graphOf, readAboutRun } from '../../journal/aboutRun.js'
import { LogDamageError } from '../../journal/log/logDamage.js'
import { readRun } from '../../journal/readRun.js'
import { errorCode } from '../../system/errorCode.js'
import type { BatchEvent } from '../../model/event.js'
import { nearest } from '../../model/fault/nearest.js'
import type { Summary } from '../../model/summary.js'
import { visible } from '../../terminal/text/visible.js'
import { laterRun, loggedRun } from '../pastRuns/loggedRuns.js'
import { openHistory, paintFor, type LookingBackFlags } from '../pastRuns/openHistory.js'
import { exitCodes } from '../process/exitCodes.js'
import { output } from '../process/output.js'
import { refuseUsage } from '../process/refuseUsage.js'
import { closingLines } from '../run/report/closingList.js'
import { shellWord } from '../../model/fault/shellWord.js'
import { inRoot } from '../flags/inRoot.js'
import { commandToShow } from '../run/report/commandToShow.js'
import { report } from '../run/report/report.js'
import { addToDetails, reportDetails } from '../run/report/reportDetails.js'
import { addToOperation, operationDetails } from './operationDetails.js'
import { operationDocument } from './operationDocument.js'
import { operationText } from './operationText.js'
import { progressOfRun, unfinishedLines } from './unfinished.js'
import { waitingOf } from './waiting.js'
import { titlesOf } from '../../terminal/text/titles.js'

export type ShowFlags = LookingBackFlags

/** `millrace show`: a past run, or one of its operations. Answers the exit code. */
export async function show(run: string | undefined, operation: string | undefined, flags: ShowFlags): Promise<number> {
  const { root = '.' } = flags
  const { entries } = await openHistory(flags)
  const named = loggedRun(run ?? 'last', root, entries)
  // One word may be either: a run, or what somebody wants to see of the last one.
  const inLast =
    named._tag === 'Left' && operation === undefined && run !== undefined && !run.startsWith('last')
      ? loggedRun('last', root, entries)
      : named
  const later = laterRun(run, root, entries, 'show')
  if (named._tag === 'Left' && inLast._tag === 'Left') return refuseUsage(later ?? named.left)
  if (inLast._tag === 'Left') return refuseUsage(inLast.left)
  if (later !== undefined) process.stderr.write(`${later}\n`)
  const id = operation ?? (named._tag === 'Left' ? run : undefined)
  try {
    if (id === undefined) return await showRun(inLast.right, flags)
    return await showOperation(inLast.right, id, flags, named._tag === 'Left' ? named.left : undefined)
  } catch (error) {
    if (!(error instanceof LogDamageError) && errorCode(error) === undefined) throw error
    process.stderr.write(`${visible((error as Error).message)}\n`)
    return exitCodes.failed
  }
}

async function showRun(folder: string, flags: ShowFlags): Promise<number> {
  const details = reportDetails()
  const progress = progressOfRun()
  let summary: Summary | undefined
  const about = readAboutRun(folder)
  const titles = titlesOf(about?.operations ?? [])
  for await (const event of readRun(folder)) {
    addToDetails(details, titles?.event(event) ?? event)
    progress.see(event)
    if (event.type === 'run-finished') summary = event.summary
  }
  const runId = basename(folder)
  const style = {
    paint: paintFor(process.stdout, flags),
    output: true,
    show: commandToShow(flags.root, titles),
    columns: process.stdout.columns,
  }
  if (flags.json) return write(`${JSON.stringify(summary ?? { runId, unfinished: true, ...progress.reached(about) })}\n`)
  if (summary !== undefined) return write(report(titles?.summary(summary) ?? summary, details, style))
  const told = unfinishedLines(folder, progress.reached(about), titles, inRoot(flags.root))
  return write(`${[...closingLines(details.ran, style.paint, style.columns, 1), '', ...told].join('\n').trimStart()}\n`)
}

async function showOperation(folder: string, id: string, flags: ShowFlags, noRun: string | undefined): Promise<number> {
  const details = operationDetails(id)
  const ids = new Set<string>()
  for await (const event of readRun(folder)) {
    addToOperation(details, event)
    if (namesOperation(event)) ids.add(event.id)
  }
  const runId = basename(folder)
  if (!ids.has(id))
    return refuseUsage(
      noRun === undefined ? noOperation(id, runId, ids, inRoot(flags.root)) : `${noRun} The last run has no operation of this name either.`,
    )
  const about = readAboutRun(folder)
  const waiting = waitingOf(details, about && graphOf(about))
  if (flags.json) return write(`${JSON.stringify(operationDocument(runId, details, waiting))}\n`)
  return write(`${operationText(details, waiting, paintFor(process.stdout, flags)).join('\n')}\n`)
}

function namesOperation(event: BatchEvent): event is Extract<BatchEvent, { readonly id: string }> {
  return 'id' in event
}

function noOperation(id: string, runId: string, ids: ReadonlySet<string>, where: string): string {
  const near = nearest(id, ids)
  const hint = near === undefined ? `"millrace show ${shellWord(runId)}${where}" lists what ran.` : `Did you mean "${near}"?`
  return `the run ${runId} has no operation "${id}". ${hint}`
}

async function write(text: string): Promise<number> {
  // A reader that has seen enough is no fault of the run.
  const out = output(process.stdout, () => undefined)
  await out.write(text)
  await out.flush()
  return exitCodes.ok
}
