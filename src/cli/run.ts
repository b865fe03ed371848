import { InvalidPlanError } from '../engine/invalidPlanError.js'
import { runBatch, type PlanInput } from '../engine/runBatch.js'
import type { TerminalEvent } from '../model/event.js'
import { isTerminal } from '../model/isTerminal.js'
import type { Summary } from '../model/summary.js'
import { exitCodes } from './exitCodes.js'
import { adviceLines } from './history/adviceLines.js'
import type { RecordingFlags } from './history/recording.js'
import { recordRun } from './history/recordRun.js'
import { hearInterrupts, type Interrupt } from './interrupts.js'
import { output } from './output.js'
import { namedOperations, returnsOf } from './planOutline.js'
import { readPlan } from './readPlan.js'
import { refusePlan, refuseUsage } from './refusePlan.js'
import { jsonText } from '../operators/jsonText.js'
import { report } from './report/report.js'
import { summaryDocument } from './report/summaryDocument.js'
import { count, tally } from './report/tally.js'
import { operationsFor, overridden, rootFault, type PlanOverrides, type PlanReaderFlags } from './settings.js'
import { painted, unpainted, wantsColour, type Paint } from './text/paint.js'
import { viewOf } from './viewOf.js'

export interface RunFlags extends PlanReaderFlags, PlanOverrides, RecordingFlags {
  readonly events?: true
  readonly json?: true
  readonly quiet?: true
}

const interruptWords: Readonly<Record<Interrupt, string>> = {
  SIGINT: 'the run was interrupted (SIGINT)',
  SIGTERM: 'the run was told to end (SIGTERM)',
  SIGHUP: 'the terminal of the run went away (SIGHUP)',
}

/** `millrace run`: runs a plan, shows it on stderr, writes what it came to on stdout. Answers the exit code. */
export async function run(path: string, flags: RunFlags): Promise<number> {
  const paintFor = (stream: NodeJS.WriteStream): Paint => (wantsColour(stream, process.env, flags.color) ? painted : unpainted)
  const rootless = await rootFault(flags)
  if (rootless !== undefined) return refuseUsage(rootless)
  const read = await readPlan(path, process.stdin)
  if (read._tag === 'Left') return refusePlan(read.left, undefined, paintFor(process.stderr))
  const { source, value } = read.right
  const plan = overridden(value, flags)
  const operations = operationsFor(flags)
  const recorded = recordRun({ plan, path, operations, root: flags.root?.[0] ?? '.' }, flags)
  if (recorded._tag === 'Left') {
    process.stderr.write(`${recorded.left}\n`)
    return exitCodes.failed
  }
  const recording = recorded.right

  const stop = new AbortController()
  const out = output(process.stdout, () => stop.abort(new Error('the output of the run could not be written any more')))
  const view = viewOf(flags, process.stdout, process.stderr, paintFor(process.stderr))
  const interrupts = hearInterrupts((signal) => {
    view.stopping(signal)
    stop.abort(new Error(interruptWords[signal]))
  })
  const tallied = tally()
  const ends = new Map<string, TerminalEvent>()
  let summary: Summary | undefined
  try {
    // The decoder tells what is no plan at all.
    const events = runBatch(plan as PlanInput, { ...recording.options, operations, signal: stop.signal }).iterate()
    for await (const event of events) {
      view.see(event)
      recording.see(event)
      count(tallied, event)
      if (flags.json && isTerminal(event)) ends.set(event.id, event)
      if (event.type === 'run-finished') summary = event.summary
      if (flags.events) await out.write(`${jsonText(event)}\n`)
    }
  } catch (error) {
    if (!(error instanceof InvalidPlanError)) throw error
    view.close()
    return await refusePlan(error.faults, source, paintFor(process.stderr))
  } finally {
    view.close()
    interrupts.off()
  }
  // A run without a last event would be a defect of the engine, told by its error above.
  if (summary === undefined) throw new Error('The run ended without a summary.')
  if (flags.json) await out.write(`${jsonText(summaryDocument(summary, namedOperations(plan), ends, returnsOf(plan)))}\n`)
  else if (!flags.events) await out.write(report(summary, tallied, paintFor(process.stdout)))
  const entry = await recording.finish()
  if (entry !== undefined && !flags.json && !flags.events)
    for (const line of adviceLines(entry, paintFor(process.stdout))) await out.write(`${line}\n`)
  await out.flush()

  const signal = interrupts.taken()
  if (signal !== undefined) return exitCodes[signal]
  const lost = out.lost()
  if (lost !== undefined && lost.code !== 'EPIPE') {
    process.stderr.write(`stdout could not be written: ${lost.message}. The run was stopped.\n`)
    return exitCodes.failed
  }
  return lost !== undefined && summary.stoppedBy !== undefined ? exitCodes.SIGPIPE : summary.ok ? exitCodes.ok : exitCodes.failed
}
