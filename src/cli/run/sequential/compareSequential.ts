// cli/run/sequential: the same plan one operation at a time, in copies of the root, for a measured speed-up.
import { resolve } from 'node:path'
import { runBatch } from '../../../engine/runBatch.js'
import { compilePlan } from '../../../graph/compilePlan.js'
import { isPlainObject, own } from '../../../model/codec/plainObject.js'
import type { Summary } from '../../../model/summary.js'
import { runRecorder } from '../../../monitor/history/runRecorder.js'
import type { RunRecord } from '../../../monitor/history/runRecord.js'
import { copyOfRoot, tooLargeToCopy } from './rootCopy.js'
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
import { oneLine } from '../../../terminal/text/visible.js'

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
        if (!flags.quiet) process.stderr.write(`run ${batch.length + sequential.length + 1}${asked === undefined ? '' : ` of ${2 * asked}`}: ${kind.name}\n`)
        const { record, summary } = await runOnce(kind.plan, roots, flags, stop.signal)
        const signal = interrupts.taken()
        if (signal !== undefined) return exitCodes[signal]
        if (!summary.ok) return failed(kind.name, summary)
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

interface Ran {
  readonly record: RunRecord
  readonly summary: Summary
}

async function runOnce(plan: unknown, roots: readonly string[], flags: CompareSequentialFlags, signal: AbortSignal): Promise<Ran> {
  const copies = await Promise.all(roots.map(copyOfRoot))
  try {
    const operations = operationsFor({ ...flags, root: copies.map(({ path }) => path) })
    const compiled = compilePlan(plan, operations)
    // Their shape and machine are one and the same: they are compared with one another alone.
    const recorder = runRecorder({ shape: '', cpus: 1, nodeMajor: 1, ...(compiled._tag === 'Right' && { graph: compiled.right.graph }) })
    let summary: Summary | undefined
    for await (const event of runBatch(plan, { operations, signal })) {
      recorder.observe(event)
      if (event.type === 'run-finished') summary = event.summary
    }
    const record = recorder.record()
    if (record === undefined || summary === undefined) throw new Error('A defect in millrace: the run ended without a summary.')
    return { record, summary }
  } finally {
    await Promise.all(copies.map((copy) => copy.remove()))
  }
}

function failed(kind: string, { rootCauses: [first] }: Summary): number {
  const why = first === undefined ? 'It did not do all of its plan.' : `${oneLine(first.id)} failed: ${oneLine(first.error.message)}`
  process.stderr.write(`Nothing was measured, because a run (${kind}) did not succeed. ${why}\n`)
  return exitCodes.failed
}
