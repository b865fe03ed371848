// cli/run: the command that runs a plan; record/ keeps the run, report/ writes its summary, sequential/ and tokens/ measure.
import type { Command } from 'commander'
import type * as E from 'fp-ts/lib/Either.js'
import { eventText } from '../../journal/log/eventText.js'
import { runCompiled } from '../../engine/runCompiled.js'
import type { TerminalEvent } from '../../model/event.js'
import { isMonitorEvent } from '../../model/eventTypes.js'
import { isTerminal } from '../../model/isTerminal.js'
import type { AnyEvent } from '../../model/metrics/monitorEvent.js'
import type { Summary } from '../../model/summary.js'
import { gate } from '../comparison/gate.js'
import { exitCodes } from '../process/exitCodes.js'
import { afterRun } from './record/afterRun.js'
import { recordRun } from './record/recordRun.js'
import { hearInterrupts, type Interrupt } from '../process/interrupts.js'
import { output } from '../process/output.js'
import { namedOperations, returnsOf } from '../planFile/planOutline.js'
import { report } from './report/report.js'
import { commandToShow } from './report/commandToShow.js'
import { summaryText } from './report/summaryText.js'
import { addToDetails, reportDetails } from './report/reportDetails.js'
import { formOnStdout, wantsReport } from '../report/reportFlags.js'
import { downstreamOf } from '../flags/downstream.js'
import { queueModules } from '../flags/queue.js'
import { paintOf, type Paint } from '../../terminal/text/paint.js'
import { titlesOf } from '../../terminal/text/titles.js'
import { prepareRun, type PreparedRun, type TakenUp } from './prepareRun.js'
import type { RunFlags } from './runFlags.js'
import { outputInReport, viewOf } from './viewOf.js'
import { watching } from './watching.js'
import { shownTo } from '../../terminal/output/outputMode.js'

/** A run among those of one command. */
export interface Series {
  /** How many there are up to this one. */
  readonly count: number
  /** What stands before the document of this one; asked once it is there. */
  readonly lead: () => string
}

const alone: Series = { count: 1, lead: () => '' }

const interruptWords: Readonly<Record<Interrupt, string>> = {
  SIGINT: 'the run was interrupted (SIGINT)',
  SIGTERM: 'the run was terminated (SIGTERM)',
  SIGHUP: 'the terminal was closed (SIGHUP)',
}

/**
 * `millrace run`: runs a plan, shows it on stderr, writes what it came to on stdout. Answers the exit code. `command` is its grammar;
 * `takenUp` is for a run that goes on with an earlier one, `series` for one of several.
 */
export async function run(path: string | undefined, flags: RunFlags, command: Command, takenUp?: TakenUp, series = alone): Promise<number> {
  const downstream = downstreamOf(flags.config)
  try {
    return await runOnce(await prepareRun(path, flags, command, takenUp, downstream), flags, series, takenUp?.typedIn)
  } finally {
    await downstream.close()
  }
}

async function runOnce(
  prepared: E.Either<number, PreparedRun>,
  flags: RunFlags,
  series: Series,
  typedIn: string | undefined,
): Promise<number> {
  const paintFor = (stream: NodeJS.WriteStream): Paint => paintOf(stream, flags.color)
  if (prepared._tag === 'Left') return prepared.left
  const { root, plan, compiled, origin, before, rules, baseline, questions } = prepared.right
  const recorded = recordRun(root, { plan: compiled, origin }, flags)
  if (recorded._tag === 'Left') {
    process.stderr.write(`${recorded.left}\n`)
    return before === undefined ? exitCodes.failed : exitCodes.usage
  }
  const recording = recorded.right
  await before?.begin()

  const performer = flags.on === undefined ? undefined : (await queueModules()).bullmqPerformer({ url: flags.on })
  const stop = new AbortController()
  const out = output(process.stdout, () => stop.abort(new Error('the output of the run could no longer be written')))
  const shown = shownTo(flags.output, process.stderr.isTTY && process.env['TERM'] !== 'dumb', process.env)
  const titles = titlesOf(compiled.graph.operations)
  const show = recording.options.journal && commandToShow(flags.root?.[0], titles, typedIn)
  const view = viewOf(flags, shown, process.stdout, process.stderr, paintFor(process.stderr), show)
  questions?.attend(view)
  const interrupts = hearInterrupts((signal) => {
    view.stopping(signal)
    stop.abort(new Error(interruptWords[signal]))
  })
  const details = reportDetails()
  const files = wantsReport(flags, process.env)
    ? (await import('../report/reportOfRun.js')).reportOfRun(compiled, origin, flags)
    : undefined
  const page = flags.ui ? await (await import('../watch/runPage.js')).runPage(compiled, origin) : undefined
  const ends = new Map<string, TerminalEvent>()
  let summary: Summary | undefined
  try {
    const running = runCompiled(compiled, {
      ...recording.options,
      ...(before && { known: before.known }),
      ...(performer && { performer }),
      signal: stop.signal,
    })
    const watched = view.live || flags.metrics === true || rules.length > 0
    const events: AsyncIterable<AnyEvent> = watched ? running.iterate(await watching(compiled, root, rules)) : running.iterate()
    for await (const event of events) {
      if (isMonitorEvent(event)) {
        view.see(event)
        if (flags.events && (flags.metrics || event.type === 'alert-raised')) await out.write(`${JSON.stringify(event)}\n`)
        continue
      }
      const seen = titles?.event(event) ?? event
      view.see(seen)
      recording.see(event)
      addToDetails(details, seen)
      files?.see(event)
      page?.see(event)
      if ((flags.json || flags.tokens) && isTerminal(event)) ends.set(event.id, event)
      if (event.type === 'run-finished') summary = event.summary
      if (flags.events) await out.write(`${eventText(event)}\n`)
    }
  } finally {
    view.close()
    interrupts.off()
    await performer?.close()
  }
  // A run without a last event would be a defect of the engine, told by its error above.
  if (summary === undefined) throw new Error('The run ended without a summary.')
  const forPeople = !flags.json && !flags.events && formOnStdout(flags) === undefined
  if (forPeople)
    await out.write(
      report(titles?.summary(summary) ?? summary, details, {
        paint: paintFor(process.stdout),
        output: outputInReport(flags, shown),
        ...(show && { show }),
        columns: process.stdout.columns,
      }),
    )
  const entry = await recording.finish()
  const written = (await files?.write(root, out)) ?? true
  await page?.close()
  const ran = { root, plan, summary, entry, ends, compiled: flags.tokens ? compiled : undefined, baseline, repeated: series.count }
  const after = await afterRun(ran, paintFor(process.stdout))
  if (flags.json) {
    await out.write(series.lead())
    for (const piece of summaryText(summary, namedOperations(plan), ends, returnsOf(plan), after.document)) await out.write(piece)
    await out.write('\n')
  } else if (forPeople) await out.write(after.lines.map((line) => `${line}\n`).join(''))
  await out.flush()
  out.close()

  const signal = interrupts.taken()
  if (signal !== undefined) return exitCodes[signal]
  const lost = out.lost()
  if (lost !== undefined && lost.code !== 'EPIPE') {
    process.stderr.write(`stdout could not be written: ${lost.message}. The run was stopped.\n`)
    return exitCodes.failed
  }
  if (lost !== undefined && summary.stoppedBy !== undefined) return exitCodes.SIGPIPE
  if (!summary.ok || !written) return exitCodes.failed
  return flags.failOn === undefined ? exitCodes.ok : gate(after.verdict)
}
