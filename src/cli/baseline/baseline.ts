// cli/baseline: the command that keeps runs under a name, and the comparison with them.
import {
  baselineNames,
  isBaselineName,
  readBaseline,
  removeBaseline,
  writeBaseline,
  type Baseline,
} from '../../journal/history/baselines.js'
import { latestLike } from '../comparison/side.js'
import { exitCodes } from '../process/exitCodes.js'
import { openHistory, paintFor, type LookingBackFlags } from '../pastRuns/openHistory.js'
import { runReference } from '../pastRuns/runReference.js'
import { table } from '../../terminal/text/table.js'
import { when } from '../../terminal/text/when.js'
import { output } from '../process/output.js'
import { refuseUsage } from '../process/refuseUsage.js'
import { count, thousands } from '../../terminal/text/count.js'
import { duration } from '../../terminal/text/duration.js'
import { visible } from '../../terminal/text/visible.js'

export interface BaselineFlags extends LookingBackFlags {
  /** Of `set`: how many runs at most. */
  readonly runs?: number
}

/** `millrace baseline`: keeps, shows or forgets runs under a name. Answers the exit code. */
export async function baseline(
  action: 'set' | 'show' | 'clear',
  name: string | undefined,
  run: string,
  flags: BaselineFlags,
): Promise<number> {
  switch (action) {
    case 'set':
      return set(name ?? '', run, flags)
    case 'show':
      return show(name, flags)
    case 'clear':
      return clear(name ?? '', flags)
  }
}

async function set(name: string, run: string, flags: BaselineFlags): Promise<number> {
  if (!isBaselineName(name))
    return refuseUsage(
      `"${name}" cannot be the name of a baseline. Use at most 64 letters, digits, "-", "_" and ".", beginning with a letter, a digit or "_"; "last" is the last run.`,
    )
  const { entries } = await openHistory(flags)
  const found = runReference(run, entries)
  if (found._tag === 'Left') return refuseUsage(found.left)
  if (entries[found.right]?.run.reused !== undefined)
    return refuseUsage(
      `the run ${entries[found.right]!.run.runId} resumed an earlier run, and its times cover only a part of the plan. Name another run.`,
    )
  const runs = latestLike(entries, found.right, flags.runs ?? 1)
  await writeBaseline(flags.root ?? '.', name, runs)
  return told(flags, documentOf(name, { v: 1, runs }), [`${name}: ${count(runs.length, 'run')} kept.`])
}

async function show(name: string | undefined, flags: BaselineFlags): Promise<number> {
  const { root = '.' } = flags
  if (name !== undefined) {
    const found = await readBaseline(root, name)
    return found === undefined ? unknown(name, root) : told(flags, documentOf(name, found), runsTable(found, flags))
  }
  const names = await baselineNames(root)
  const all = await Promise.all(names.map(async (one) => ({ name: one, baseline: await readBaseline(root, one) })))
  const known = all.flatMap(({ name: one, baseline: found }) => (found === undefined ? [] : [{ name: one, baseline: found }]))
  const lines = known.map(({ name: one, baseline: { runs } }) => `${visible(one)}: ${count(runs.length, 'run')}`)
  return told(
    flags,
    { baselines: known.map(({ name: one, baseline: found }) => documentOf(one, found)) },
    lines.length > 0 ? lines : ['There are no baselines here.'],
  )
}

async function clear(name: string, flags: BaselineFlags): Promise<number> {
  const { root = '.' } = flags
  if (!(await removeBaseline(root, name))) return unknown(name, root)
  return told(flags, { name }, [`${name}: forgotten.`])
}

async function unknown(name: string, root: string): Promise<number> {
  const names = await baselineNames(root)
  return refuseUsage(
    `no baseline is called "${name}". ${names.length === 0 ? 'There are none: "millrace baseline set" makes one.' : `There are: ${names.join(', ')}.`}`,
  )
}

function runsTable({ runs }: Baseline, flags: BaselineFlags): readonly string[] {
  const [titles = '', ...rows] = table<Baseline['runs'][number]>(
    [
      { title: 'run', text: ({ runId }) => visible(runId) },
      { title: 'when', text: ({ startedAt }) => when(startedAt) },
      { title: 'operations', text: ({ counts }) => thousands(counts.total), right: true },
      { title: 'makespan', text: ({ makespanMs }) => duration(makespanMs), right: true },
    ],
    runs,
  )
  return [paintFor(process.stdout, flags)('faint', titles), ...rows]
}

function documentOf(name: string, { runs }: Baseline): object {
  return { name, runs: runs.map(({ runId, startedAt, makespanMs }) => ({ runId, startedAt, makespanMs })) }
}

async function told(flags: BaselineFlags, document: object, lines: readonly string[]): Promise<number> {
  const out = output(process.stdout, () => undefined)
  await out.write(flags.json ? `${JSON.stringify(document)}\n` : `${lines.join('\n')}\n`)
  await out.flush()
  return exitCodes.ok
}
