// cli/compare/confirm: suspects of a comparison run again, old and new in turn, before they are called slower.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { compilePlan } from '../../../graph/compilePlan.js'
import { aboutRun, readAboutRun } from '../../../journal/aboutRun.js'
import { runsFolderOf } from '../../../journal/stateFolder.js'
import type { CompiledPlan } from '../../../model/graph.js'
import type { Comparison } from '../../../monitor/history/compareRuns.js'
import type { RunRecord } from '../../../monitor/history/runRecord.js'
import { fewestValues } from '../../../monitor/statistics/change.js'
import { visible } from '../../../terminal/text/visible.js'
import { rootFault } from '../../flags/rootFault.js'
import { operationsFor, overridden } from '../../flags/settings.js'
import { usesDownstream } from '../../flags/downstream.js'
import { choosePart } from '../../planFile/choosePart.js'
import { readChosenPlan } from '../../planFile/readChosenPlan.js'
import { refuseChoice, refusePlan } from '../../planFile/refusePlan.js'
import { exitCodes } from '../../process/exitCodes.js'
import { hearInterrupts } from '../../process/interrupts.js'
import { refuseUsage } from '../../process/refuseUsage.js'
import { sameRun } from '../../resume/sameRun.js'
import { withInputs } from '../../resume/withInputs.js'
import { runInCopy, whyFailed } from '../../run/sequential/runInCopy.js'
import { tooLargeToCopy } from '../../run/sequential/rootCopy.js'
import type { RunFlags } from '../../run/runFlags.js'
import { paintOf } from '../../../terminal/text/paint.js'
import { confirmationOf, suspectedTypes, type Confirmation } from './confirmed.js'
import { suspectsOf, type Suspects } from './suspects.js'

/** The flags by which a comparison is confirmed. */
export interface ConfirmFlags {
  readonly confirm?: true
  /** The file of the old plan. */
  readonly old?: string
  /** The folder with the old files. */
  readonly oldRoot?: string
  /** Operations are run again that must not happen twice. */
  readonly yes?: true
  readonly set?: readonly string[]
}

/** How often each side runs, and after how long no further round begins once there are five. */
const most = { rounds: 10, ms: 300_000 }

interface OneSide {
  readonly name: 'old' | 'new'
  readonly plan: unknown
  readonly compiled: CompiledPlan
  readonly roots: readonly string[]
  readonly flags: RunFlags
}

/** The plan of one side with only the suspects and what they need. */
interface Part extends OneSide {
  readonly records: RunRecord[]
}

/** Runs what is suspected again. The Left is the exit code where nothing could be confirmed, which was told by then. */
export async function confirm(
  comparison: Comparison,
  before: readonly RunRecord[],
  after: readonly RunRecord[],
  root: string,
  flags: ConfirmFlags,
  command: Command,
): Promise<E.Either<number, Confirmation>> {
  const sides = await sidesOf(before.at(-1)!, after.at(-1)!, root, flags, command)
  if (sides._tag === 'Left') return sides
  const types = suspectedTypes(comparison)
  const parts: Part[] = []
  const left: Suspects['left'][number][] = []
  for (const side of sides.right) {
    const names = types ?? new Set(side.compiled.graph.operations.map(({ name }) => name))
    const suspects = suspectsOf(side.compiled.graph, names, flags.yes === true)
    for (const one of suspects.left) if (!left.some(({ id }) => id === one.id)) left.push(one)
    if (suspects.ids.length === 0) return refused(nothingAgain(side.name, left))
    const part = choosePart(side.plan, side.compiled, { only: suspects.ids })
    if (part._tag === 'Left') return refused(part.left)
    parts.push({ ...side, plan: part.right, records: [] })
  }
  // A part of a plan is not the whole of it.
  if (types === undefined && left.length > 0) return refused(nothingAgain('new', left))
  const ran = await inTurn(parts)
  if (ran !== undefined) return E.left(ran)
  const [old, now] = parts
  return E.right(confirmationOf(types, old!.records, now!.records, left))
}

/** Runs both sides in turn. Answers the exit code where that went wrong. */
async function inTurn(parts: readonly Part[]): Promise<number | undefined> {
  const stop = new AbortController()
  const interrupts = hearInterrupts((signal) => stop.abort(new Error(`the comparison was interrupted (${signal})`)))
  const begunAt = performance.now()
  try {
    for (let round = 0; round < most.rounds; round++) {
      if (round >= fewestValues && performance.now() - begunAt >= most.ms) break
      // Each is the first in turn: whatever warms up, or slows down, does so for both.
      for (const { name, plan, roots, flags, records } of round % 2 === 0 ? parts : parts.toReversed()) {
        process.stderr.write(`run again ${round + 1}: ${name}\n`)
        const { record, summary } = await runInCopy(plan, roots, flags, stop.signal)
        const signal = interrupts.taken()
        if (signal !== undefined) return exitCodes[signal]
        if (!summary.ok) {
          process.stderr.write(`Nothing was confirmed, because a run (${name}) did not succeed. ${whyFailed(summary)}\n`)
          return exitCodes.failed
        }
        records.push(record)
      }
    }
  } finally {
    interrupts.off()
  }
  return undefined
}

/** Both plans, each known to be that of its runs: by its shape. */
async function sidesOf(
  before: RunRecord,
  after: RunRecord,
  root: string,
  flags: ConfirmFlags,
  command: Command,
): Promise<E.Either<number, readonly OneSide[]>> {
  const oldPlan = flags.old === undefined ? undefined : resolve(flags.old)
  const oldRoot = flags.oldRoot === undefined ? undefined : resolve(flags.oldRoot)
  const stateRoot = resolve(root)
  const about = readAboutRun(join(runsFolderOf(root), after.runId))
  if (about?.plan === undefined || about.command?.words === undefined)
    return refused(
      `the log of the run ${after.runId} does not say which plan it ran: there is none, or it came from stdin or over MCP. Run the plan by its file, and compare again.`,
    )
  const { plan, command: ran } = about
  if (ran.folder !== undefined && existsSync(ran.folder)) process.chdir(ran.folder)
  const words = withInputs(ran.words!, flags.set)
  if (words._tag === 'Left') return refused(words.left)
  const same = await sameRun(command, words.right, plan)
  const roots = (same.flags.root ?? [stateRoot]).map((path) => resolve(path))
  const now = await sideOf('new', plan, roots, same.flags)
  if (now._tag === 'Left') return now
  if (shapeOf(now.right) !== after.shape)
    return refused(`${plan} has changed since the run ${after.runId}: run it again, and compare with that run.`)
  const old = await sideOf('old', oldPlan ?? plan, oldRoot === undefined ? roots : [oldRoot, ...roots.slice(1)], same.flags)
  if (old._tag === 'Left') return old
  if (shapeOf(old.right) !== before.shape)
    return refused(
      oldPlan === undefined
        ? `the plan was another one in the run ${before.runId}, and no run keeps its plan. Give the old one: git show REVISION:${plan} > old.yaml, then --old old.yaml.`
        : `${flags.old!} is not the plan of the run ${before.runId}: what its operations are and are given differs.`,
    )
  if (oldRoot === undefined && before.shape === after.shape && oldPlan === undefined)
    return refused(
      'old and new have the same plan and the same files, and cannot differ. Name the folder with the old files: git worktree add ../old REVISION, then --old-root ../old.',
    )
  return E.right([old.right, now.right])
}

async function sideOf(name: OneSide['name'], file: string, roots: readonly string[], ran: RunFlags): Promise<E.Either<number, OneSide>> {
  const flags = { ...ran, root: roots }
  const paint = paintOf(process.stderr, flags.color)
  const rootless = await rootFault(flags)
  if (rootless !== undefined) return refused(rootless.replace(/^--root/u, name === 'old' ? '--old-root' : '--root'))
  const read = await readChosenPlan(file, flags, () => Promise.resolve(operationsFor(flags)))
  if (read._tag === 'Left') return E.left(await refuseChoice(read.left, paint))
  const plan = overridden(read.right.value, flags)
  if (usesDownstream(plan, flags.config))
    return refused('the plan uses tools of other servers, which would work outside of the copies of the root: it cannot be run again.')
  const compiled = compilePlan(plan, operationsFor(flags))
  if (compiled._tag === 'Left') return E.left(await refusePlan(compiled.left, read.right.source, paint))
  for (const root of roots) {
    const reason = await tooLargeToCopy(root)
    if (reason !== undefined) return refused(reason)
  }
  return E.right({ name, plan, compiled: compiled.right, roots, flags })
}

const shapeOf = ({ compiled }: OneSide): string => aboutRun(compiled).shape

function nothingAgain(name: OneSide['name'], left: Suspects['left']): string {
  const [first] = left
  if (first === undefined) return `nothing of the ${name} plan can be run again: it has no operation of a suspected type.`
  const which = left.length === 1 ? visible(first.id) : `${visible(first.id)} and ${left.length - 1} more`
  return `${which} cannot be run again: ${visible(first.because)} can have effects that must not happen twice, even outside the copy of the root where it would run. Use --yes if they can, or "repeatable": true in the plan.`
}

function refused(fault: string): E.Either<number, never> {
  return E.left(refuseUsage(fault))
}
