import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { recordRun, type Recording } from '../../src/cli/run/record/recordRun.js'
import { namedOperations, returnsOf } from '../../src/cli/planFile/planOutline.js'
import { readPlan } from '../../src/cli/planFile/readPlan.js'
import { summaryText } from '../../src/cli/run/report/summaryText.js'
import { operationsFor } from '../../src/cli/flags/settings.js'
import { runCompiled } from '../../src/engine/runCompiled.js'
import { compilePlan } from '../../src/graph/compilePlan.js'
import type { TerminalEvent } from '../../src/model/event.js'
import type { CompiledPlan } from '../../src/model/graph.js'
import { isTerminal } from '../../src/model/isTerminal.js'
import type { Summary } from '../../src/model/summary.js'
import { cpuMs } from './cpu.js'
import type { Sample } from './sample.js'
import { timed } from './timed.js'

const unkept: Recording = { options: {}, see: () => undefined, finish: () => Promise.resolve(undefined) }
const ran = { run: 'millrace run plan.json --json', runAt: ['', ''], plan: 'millrace plan plan.json', root: [] } as const

/** The steps of the command in its own order, with its own functions, and the CPU time each took. */
export async function stagesOf(path: string, root: string, count: number, logged: boolean): Promise<Sample> {
  const parts: Record<string, number> = {}
  const ends = new Map<string, TerminalEvent>()
  const spent = await timed(async () => {
    let before = cpuMs()
    const ended = (part: string): void => {
      const now = cpuMs()
      parts[part] = (parts[part] ?? 0) + now - before
      before = now
    }
    const read = await readPlan(path, process.stdin)
    if (read._tag === 'Left') throw new Error('Its own plan could not be read.')
    const { value } = read.right
    ended('read and parse')
    const compiled = compilePlan(value, operationsFor({ root: [root], color: false }))
    if (compiled._tag === 'Left') throw new Error('Its own plan has faults.')
    ended('decode and graph')
    const recording = logged ? record(compiled.right, root, path) : unkept
    if (logged) ended('opening of the log')
    let summary: Summary | undefined
    for await (const event of runCompiled(compiled.right, recording.options).iterate()) {
      recording.see(event)
      if (isTerminal(event)) ends.set(event.id, event)
      if (event.type === 'run-finished') summary = event.summary
    }
    ended('run')
    await recording.finish()
    ended('history')
    if (summary === undefined) throw new Error('The run ended without a summary.')
    writeFileSync(join(root, 'stdout'), [...summaryText(summary, namedOperations(value), ends, returnsOf(value))].join(''))
    ended('summary')
  })
  const succeeded = [...ends.values()].filter(({ type }) => type === 'operation-succeeded').length
  return { operations: count, ...spent, parts, problems: succeeded === count ? [] : [`${succeeded} of ${count} operations succeeded`] }
}

/** What the command does before a run that it keeps. */
function record(plan: CompiledPlan, root: string, file: string): Recording {
  const recorded = recordRun(root, { plan, origin: { plan: file, command: ran } }, {})
  if (recorded._tag === 'Left') throw new Error(recorded.left)
  return recorded.right
}
