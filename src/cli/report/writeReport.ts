// cli/report: the command that writes a run as a page or in the forms of other programs, and the same for a run that has just ended.
import { basename, join } from 'node:path'
import { readAboutRun } from '../../journal/aboutRun.js'
import { LogDamageError } from '../../journal/log/logDamage.js'
import { readRun } from '../../journal/readRun.js'
import { pictureToBe } from '../../report/pictureOf.js'
import type { RunPicture } from '../../report/picture/picture.js'
import { errorCode } from '../../system/errorCode.js'
import { visible } from '../../terminal/text/visible.js'
import { laterRun, loggedRun } from '../pastRuns/loggedRuns.js'
import { openHistory } from '../pastRuns/openHistory.js'
import { exitCodes } from '../process/exitCodes.js'
import { output } from '../process/output.js'
import { refuseUsage } from '../process/refuseUsage.js'
import { reportPathIn } from './reportPath.js'
import { formOnStdout, reportFault, reportForms, type ReportFlags } from './reportFlags.js'
import { writeForms } from './writeForms.js'

export interface WriteReportFlags extends ReportFlags {
  readonly root?: string
}

/** `millrace report`: a past run as files. Answers the exit code. */
export async function writeReport(run: string | undefined, flags: WriteReportFlags): Promise<number> {
  const { root = '.' } = flags
  const misplaced = reportFault(flags, process.env)
  if (misplaced !== undefined) return refuseUsage(misplaced)
  const { entries } = await openHistory({ root, color: false })
  const named = loggedRun(run ?? 'last', root, entries)
  const later = laterRun(run, root, entries, 'report')
  if (named._tag === 'Left') return refuseUsage(later ?? named.left)
  if (later !== undefined) process.stderr.write(`${later}\n`)
  const folder = named.right
  const builder = pictureToBe({ ...readAboutRun(folder), history: entries.map((entry) => entry.run) }, flags)
  let damage: string | undefined
  try {
    for await (const event of readRun(folder)) builder.add(event)
  } catch (error) {
    if (!(error instanceof LogDamageError) && errorCode(error) === undefined) throw error
    // What stands before the damage is as it was written, and worth a report.
    damage = (error as Error).message
    process.stderr.write(`${visible(damage)}\n`)
  }
  const picture = builder.picture()
  if (picture.runId === '') picture.runId = basename(folder)
  if (damage !== undefined) picture.notes.unshift(`The event log is damaged; the report covers the part before the damage. ${damage}`)
  const asked = flags.github === true || reportForms.some((form) => flags[form] !== undefined)
  const out = output(process.stdout, () => undefined)
  const tell = (line: string): void => void (formOnStdout(flags) === undefined ? out.write(line) : process.stderr.write(line))
  const done = await writeForms(picture, asked ? flags : { ...flags, html: defaultPath(root, picture) }, out, tell)
  await out.flush()
  return done && damage === undefined ? exitCodes.ok : exitCodes.failed
}

function defaultPath(root: string, { runId }: RunPicture): string {
  return join(reportPathIn(root), `${runId}.html`)
}
