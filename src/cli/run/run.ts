// cli/run: the command that runs a plan; record/ keeps the run, report/ writes its summary, sequential/ and tokens/ measure.
import type { Command } from 'commander'
import type * as E from 'fp-ts/lib/Either.js'
import { eventText } from '../../journal/log/eventText.js'
import { runCompiled } from '../../engine/runCompiled.js'
import { withoutPerformer } from '../../graph/withoutPerformer.js'
import { compilePlan } from '../../graph/compilePlan.js'
import type { TerminalEvent } from '../../model/event.js'
import type { CompiledPlan } from '../../model/graph.js'
import type { ResumedRun } from '../../journal/resumedRun.js'
import type { Known } from '../../model/known.js'
import { isMonitorEvent } from '../../model/eventTypes.js'
import { isTerminal } from '../../model/isTerminal.js'
import type { AnyEvent } from '../../model/metrics/monitorEvent.js'
import type { Summary } from '../../model/summary.js'
import { removeAbandoned } from '../../operations/file/write/removeAbandoned.js'
import { traceOfProcess } from '../../operations/trace.js'
import { baselineFor, type BaselineRunFlags } from '../baseline/againstBaseline.js'
import { gate } from '../compare/gate.js'
import { exitCodes } from '../process/exitCodes.js'
import { afterRun } from './record/afterRun.js'
import { recordRun, type RecordingFlags } from './record/recordRun.js'
import { sameCommand } from './record/sameCommand.js'
import { hearInterrupts, type Interrupt } from '../process/interrupts.js'
import { output } from '../process/output.js'
import { namedOperations, returnsOf } from '../planFile/planOutline.js'
import { readChosenPlan } from '../planFile/readChosenPlan.js'
import { refuseChoice, refusePlan } from '../planFile/refusePlan.js'
import { refuseUsage } from '../process/refuseUsage.js'
import { report } from './report/report.js'
import { commandToShow } from './report/commandToShow.js'
import { summaryText } from './report/summaryText.js'
import { addToDetails, reportDetails } from './report/reportDetails.js'
import { reportFault, wantsReport, type ReportFlags } from '../report/reportFlags.js'
import { queueFault, queueModules } from '../flags/queue.js'
import { rootFault } from '../flags/rootFault.js'
import { operationsFor, overridden, type PlanOverrides, type PlanReaderFlags } from '../flags/settings.js'
import { painted, unpainted, wantsColour, type Paint } from '../../terminal/text/paint.js'
import { titlesOf } from '../../terminal/text/titles.js'
import { askInTerminal } from './askInTerminal.js'
import { outputInReport, viewOf } from './viewOf.js'
import { rulesOf, watching, type WatchingFlags } from './watching.js'
import { shownTo, type OutputMode } from '../../terminal/output/outputMode.js'

export interface RunFlags extends PlanReaderFlags, PlanOverrides, RecordingFlags, BaselineRunFlags, ReportFlags, WatchingFlags {
  readonly events?: true
  readonly json?: true
  readonly quiet?: true
  readonly output?: OutputMode
  readonly tokens?: true
  readonly ui?: true
  readonly repeat?: number
  /** The Redis with the queue of the workers. */
  readonly on?: string
  /** How many times each way. */
  readonly compareSequential?: number
}

const interruptWords: Readonly<Record<Interrupt, string>> = {
  SIGINT: 'the run was interrupted (SIGINT)',
  SIGTERM: 'the run was told to end (SIGTERM)',
  SIGHUP: 'the terminal of the run went away (SIGHUP)',
}

/** A run that goes on with an earlier one. */
export interface TakenUp {
  /** What would have followed `millrace run`. */
  readonly words: readonly string[]
  /** Decides what is left to do, before any effect. The Left is the exit code when there is nothing to run. */
  readonly prepare: (
    plan: CompiledPlan,
  ) => E.Either<number, { readonly known: Known; readonly resumes: ResumedRun; readonly begin: () => Promise<void> }>
}

/**
 * `millrace run`: runs a plan, shows it on stderr, writes what it came to on stdout. Answers the exit code. `command` is its grammar;
 * `takenUp` is for a run that goes on with an earlier one, `repeated` how often the command runs it up to now.
 */
export async function run(path: string | undefined, flags: RunFlags, command: Command, takenUp?: TakenUp, repeated = 1): Promise<number> {
  const paintFor = (stream: NodeJS.WriteStream): Paint => (wantsColour(stream, process.env, flags.color) ? painted : unpainted)
  const rootless = await rootFault(flags)
  if (rootless !== undefined) return refuseUsage(rootless)
  const read = await readChosenPlan(path, flags, () => operationsFor(flags))
  if (read._tag === 'Left') return refuseChoice(read.left, paintFor(process.stderr))
  if (flags.compareSequential !== undefined) {
    const { compareSequential } = await import('./sequential/compareSequential.js')
    return compareSequential(read.right, flags.compareSequential, flags)
  }
  if (flags.metrics && !flags.events) return refuseUsage('--metrics adds to the events of --events. Give both.')
  const { source, value } = read.right
  const misplaced = reportFault(flags, process.env, source.file)
  if (misplaced !== undefined) return refuseUsage(misplaced)
  const root = flags.root?.[0] ?? '.'
  const baseline = await baselineFor(root, flags)
  if (typeof baseline === 'string') return refuseUsage(baseline)
  const plan = overridden(value, flags)
  const mayAsk = process.stdin.isTTY && process.stderr.isTTY && path !== '-'
  const questions = mayAsk ? askInTerminal(process.stdin, process.stderr, paintFor(process.stderr)) : undefined
  const operations = operationsFor(flags, questions?.ask)
  const checked = compilePlan(plan, operations)
  if (checked._tag === 'Left') return refusePlan(checked.left, source, paintFor(process.stderr))
  const compiled = checked.right
  const rules = rulesOf(flags, compiled.graph, operations)
  if (rules._tag === 'Left') return refuseUsage(rules.left)
  const unplaced = flags.on === undefined ? withoutPerformer(compiled.graph.tasks) : undefined
  if (unplaced !== undefined) return refusePlan([unplaced], source, paintFor(process.stderr))
  const noQueue = flags.on === undefined ? undefined : await queueFault(flags.on)
  if (noQueue !== undefined) return refuseUsage(noQueue)
  const prepared = takenUp?.prepare(compiled)
  if (prepared?._tag === 'Left') return prepared.left
  const before = prepared?.right
  await removeAbandoned(flags.root ?? ['.'])
  // From stdin the command would wait for another plan.
  const named = path === '-' ? {} : { plan: source.file, command: sameCommand(command, takenUp?.words ?? process.argv.slice(3)) }
  const trace = traceOfProcess()
  const origin = { ...named, ...(before && { resumes: before.resumes }), ...(trace && { traceparent: trace.traceparent }) }
  const recorded = recordRun(root, { plan: compiled, origin }, flags)
  if (recorded._tag === 'Left') {
    process.stderr.write(`${recorded.left}\n`)
    return before === undefined ? exitCodes.failed : exitCodes.usage
  }
  const recording = recorded.right
  await before?.begin()

  const performer = flags.on === undefined ? undefined : (await queueModules()).bullmqPerformer({ url: flags.on })
  const stop = new AbortController()
  const out = output(process.stdout, () => stop.abort(new Error('the output of the run could not be written any more')))
  const shown = shownTo(flags.output, process.stderr.isTTY && process.env['TERM'] !== 'dumb', process.env)
  const titles = titlesOf(compiled.graph.tasks)
  const show = recording.options.journal && commandToShow(flags.root?.[0], titles)
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
    const watched = view.live || flags.metrics === true || rules.right.length > 0
    const events: AsyncIterable<AnyEvent> = watched ? running.iterate(await watching(compiled, root, rules.right)) : running.iterate()
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
  if (!flags.json && !flags.events)
    await out.write(
      report(titles?.summary(summary) ?? summary, details, {
        paint: paintFor(process.stdout),
        output: outputInReport(flags, shown),
        ...(show && { show }),
        columns: process.stdout.columns,
      }),
    )
  const entry = await recording.finish()
  const written = (await files?.write(root)) ?? true
  await page?.close()
  const ran = { root, plan, summary, entry, ends, compiled: flags.tokens ? compiled : undefined, baseline, repeated }
  const after = await afterRun(ran, paintFor(process.stdout))
  if (flags.json) {
    for (const piece of summaryText(summary, namedOperations(plan), ends, returnsOf(plan), after.document)) await out.write(piece)
    await out.write('\n')
  } else if (!flags.events) await out.write(after.lines.map((line) => `${line}\n`).join(''))
  await out.flush()

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
