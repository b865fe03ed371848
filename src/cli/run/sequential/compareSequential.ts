// cli/run/sequential: the same plan one operation at a time, in copies of the root, for a measured speed-up.
import { resolve } from 'node:path'
import { compilePlan } from '../../../graph/compilePlan.js'
import { isPlainObject, own } from '../../../model/codec/plainObject.js'
import type { RunRecord } from '../../../monitor/history/runRecord.js'
import { tooLargeToCopy } from './rootCopy.js'
import { runInCopy, whyFailed } from './runInCopy.js'
import { roundsEnd, type RoundsEnd } from './moreRounds.js'
import { speedUpLines, speedUpOf } from './speedUp.js'
import { confirmRun } from '../confirmRun.js'
import { exitCodes } from '../../process/exitCodes.js'
import { hearInterrupts } from '../../process/interrupts.js'
import { output } from '../../process/output.js'
import { refusePlan } from '../../planFile/refusePlan.js'
import { refuseUsage } from '../../process/refuseUsage.js'
import type { PlanRead } from '../../planFile/planSource.js'
import { usesDownstream } from '../../flags/downstream.js'
import { operationsFor, overridden, type PlanOverrides, type PlanReaderFlags } from '../../flags/settings.js'
import { paintOf } from '../../../terminal/text/paint.js'

export interface CompareSequentialFlags extends PlanReaderFlags, PlanOverrides {
  readonly json?: true
  readonly quiet?: true
  readonly yes?: true
}

/**
 * `millrace run --compare-sequential`: runs a plan as a batch and one at a time, in turn, and tells the speed-up. Answers the exit code.
 * `asked` is how many times; undefined for as many as make the interval narrow, within a budget.
 */
export async function compareSequential(
  { value, source }: PlanRead,
  asked: number | undefined,
  flags: CompareSequentialFlags,
): Promise<number> {
  const plan = overridden(value, flags)
  if (usesDownstream(plan, flags.config))
    return refuseUsage(
      '--compare-sequential works in copies of the root, and the servers of tools would work outside of them. Leave the tools out with --skip.',
    )
  const roots = (flags.root ?? ['.']).map((root) => resolve(root))
  const alone = oneAtATime(plan)
  for (const checked of [plan, alone]) {
    const compiled = compilePlan(checked, operationsFor(flags))
    if (compiled._tag === 'Left') return refusePlan(compiled.left, source, paintOf(process.stderr, flags.color))
    const unconfirmed = await confirmRun(compiled.right, {
      yes: flags.yes === true,
      terminal: '--compare-sequential runs them many times',
    })
    if (unconfirmed !== undefined) {
      process.stderr.write(`${unconfirmed}\n`)
      return exitCodes.usage
    }
  }
  for (const root of roots) {
    const reason = await tooLargeToCopy(root)
    if (reason !== undefined) return refuseUsage(reason)
  }

  const stop = new AbortController()
  const interrupts = hearInterrupts((signal) => stop.abort(new Error(`the comparison was interrupted (${signal})`)))
  const [batch, sequential]: [RunRecord[], RunRecord[]] = [[], []]
  const begunAt = performance.now()
  const end = (): RoundsEnd | undefined =>
    roundsEnd(asked, { batchMs: makespans(batch), sequentialMs: makespans(sequential), elapsedMs: performance.now() - begunAt })
  let ended = end()
  try {
    for (; ended === undefined; ended = end()) {
      const round = batch.length
      // Each kind is the first in turn: whatever warms up, or slows down, does so for both.
      const kinds = [
        { plan, records: batch, name: 'batch' },
        { plan: alone, records: sequential, name: 'one at a time' },
      ]
      for (const kind of round % 2 === 0 ? kinds : kinds.reverse()) {
        if (!flags.quiet)
          process.stderr.write(
            `run ${batch.length + sequential.length + 1}${asked === undefined ? '' : ` of ${2 * asked}`}: ${kind.name}\n`,
          )
        const { record, summary } = await runInCopy(kind.plan, roots, flags, stop.signal)
        const signal = interrupts.taken()
        if (signal !== undefined) return exitCodes[signal]
        if (!summary.ok) {
          process.stderr.write(`Nothing was measured, because a run (${kind.name}) did not succeed. ${whyFailed(summary)}\n`)
          return exitCodes.failed
        }
        kind.records.push(record)
      }
    }
  } finally {
    interrupts.off()
  }
  const measured = speedUpOf(batch, sequential, ended)
  const out = output(process.stdout, () => undefined)
  await out.write(
    flags.json ? `${JSON.stringify(measured)}\n` : `${speedUpLines(measured, paintOf(process.stdout, flags.color)).join('\n')}\n`,
  )
  await out.flush()
  return exitCodes.ok
}

const makespans = (runs: readonly RunRecord[]): readonly number[] => runs.map(({ makespanMs }) => makespanMs)

/** The same plan with one slot. What an operation weighs means nothing to one that has all of them. */
function oneAtATime(plan: unknown): unknown {
  if (!isPlainObject(plan)) return plan
  const operations = own(plan, 'operations')
  const unweighted = (operation: unknown): unknown => {
    if (!isPlainObject(operation)) return operation
    const { weight: _weight, ...rest } = operation
    return rest
  }
  return { ...plan, concurrency: 1, ...(Array.isArray(operations) && { operations: operations.map(unweighted) }) }
}
