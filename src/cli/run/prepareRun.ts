import type { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { compilePlan } from '../../graph/compilePlan.js'
import { withoutPerformer } from '../../graph/withoutPerformer.js'
import type { RunOrigin } from '../../journal/aboutRun.js'
import type { ResumedRun } from '../../journal/resumedRun.js'
import type { CompiledPlan } from '../../model/graph.js'
import type { Known } from '../../model/known.js'
import type { AlertRule } from '../../model/metrics/alert.js'
import { removeAbandoned } from '../../operations/file/write/removeAbandoned.js'
import { traceOfProcess } from '../../operations/trace.js'
import { baselineFor, type NamedBaseline } from '../baseline/againstBaseline.js'
import type { Downstream } from '../flags/downstream.js'
import { queueFault } from '../flags/queue.js'
import { rootFault } from '../flags/rootFault.js'
import { operationsFor, overridden } from '../flags/settings.js'
import { readChosenPlan } from '../planFile/readChosenPlan.js'
import { refuseChoice, refusePlan } from '../planFile/refusePlan.js'
import { exitCodes } from '../process/exitCodes.js'
import { refuseUsage } from '../process/refuseUsage.js'
import { reportFault } from '../report/reportFlags.js'
import { paintOf } from '../../terminal/text/paint.js'
import { askInTerminal } from './askInTerminal.js'
import { confirmRun } from './confirmRun.js'
import { sameCommand } from './record/sameCommand.js'
import type { RunFlags } from './runFlags.js'
import { rulesOf } from './watching.js'

/** A run that goes on with an earlier one. */
export interface TakenUp {
  /** What would have followed `millrace run`. */
  readonly words: readonly string[]
  /** Where the command was given, which may have gone to the folder of the earlier run. */
  readonly typedIn: string
  /** Decides what is left to do, before any effect. The Left is the exit code when there is nothing to run. */
  readonly prepare: (plan: CompiledPlan) => E.Either<number, RunBefore>
}

interface RunBefore {
  readonly known: Known
  readonly resumes: ResumedRun
  readonly begin: () => Promise<void>
}

/** A plan that was read and checked, with what its flags ask for. Nothing of it was done yet. */
export interface PreparedRun {
  readonly root: string
  readonly plan: unknown
  readonly compiled: CompiledPlan
  readonly origin: RunOrigin
  readonly before: RunBefore | undefined
  readonly rules: readonly AlertRule[]
  readonly baseline: NamedBaseline | undefined
  /** Who asks the person at the terminal, if there is one. */
  readonly questions: ReturnType<typeof askInTerminal> | undefined
}

/** Reads and checks all that a run needs. The Left is the exit code of a command that has nothing to run, which was told by then. */
export async function prepareRun(
  path: string | undefined,
  flags: RunFlags,
  command: Command,
  takenUp: TakenUp | undefined,
  downstream: Downstream,
): Promise<E.Either<number, PreparedRun>> {
  const refused = (fault: string): E.Either<number, never> => E.left(refuseUsage(fault))
  const paint = paintOf(process.stderr, flags.color)
  const rootless = await rootFault(flags)
  if (rootless !== undefined) return refused(rootless)
  const read = await readChosenPlan(path, flags, async (whole) => operationsFor(flags, await downstream.typesFor(whole)))
  if (read._tag === 'Left') return E.left(await refuseChoice(read.left, paint))
  if (flags.compareSequential !== undefined) {
    const { compareSequential } = await import('./sequential/compareSequential.js')
    return E.left(await compareSequential(read.right, flags.compareSequential === true ? undefined : flags.compareSequential, flags))
  }
  if (flags.metrics && !flags.events) return refused('--metrics adds to the events of --events. Use both.')
  const { source, value } = read.right
  const misplaced = reportFault(flags, process.env, source.file)
  if (misplaced !== undefined) return refused(misplaced)
  const root = flags.root?.[0] ?? '.'
  const baseline = await baselineFor(root, flags)
  if (typeof baseline === 'string') return refused(baseline)
  const plan = overridden(value, flags)
  const mayAsk = process.stdin.isTTY && process.stderr.isTTY && path !== '-'
  const questions = mayAsk ? askInTerminal(process.stdin, process.stderr, paint) : undefined
  const operations = operationsFor(flags, await downstream.typesFor(plan), questions?.ask)
  const checked = compilePlan(plan, operations)
  if (checked._tag === 'Left') return E.left(await refusePlan(checked.left, source, paint))
  const compiled = checked.right
  const rules = rulesOf(flags, compiled.graph, operations)
  if (rules._tag === 'Left') return refused(rules.left)
  const unplaced = flags.on === undefined ? withoutPerformer(compiled.graph.operations) : undefined
  if (unplaced !== undefined) return E.left(await refusePlan([unplaced], source, paint))
  const noQueue = flags.on === undefined ? undefined : await queueFault(flags.on)
  if (noQueue !== undefined) return refused(noQueue)
  const taken = takenUp?.prepare(compiled)
  if (taken?._tag === 'Left') return taken
  const before = taken?.right
  const unconfirmed = await confirmRun(compiled, {
    yes: flags.yes === true,
    terminal: mayAsk ? process : path === '-' ? 'the plan comes from stdin' : 'stdin or stderr is not a terminal',
    isDone: (id) => before?.known.has(id) === true,
  })
  if (unconfirmed !== undefined) {
    process.stderr.write(`${unconfirmed}\n`)
    return E.left(exitCodes.usage)
  }
  await removeAbandoned(flags.root ?? ['.'])
  // From stdin the command would wait for another plan.
  const named = path === '-' ? {} : { plan: source.file, command: sameCommand(command, takenUp?.words ?? process.argv.slice(3)) }
  const trace = traceOfProcess()
  const origin = { ...named, ...(before && { resumes: before.resumes }), ...(trace && { traceparent: trace.traceparent }) }
  return E.right({ root, plan, compiled, origin, before, rules: rules.right, baseline, questions })
}
