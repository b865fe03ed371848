import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beginRecording, type Recording } from '../../src/cli/history/recording.js'
import { namedOperations, returnsOf } from '../../src/cli/planOutline.js'
import { readPlan } from '../../src/cli/readPlan.js'
import { summaryDocument } from '../../src/cli/report/summaryDocument.js'
import { operationsFor } from '../../src/cli/settings.js'
import { runBatch } from '../../src/engine/runBatch.js'
import { compilePlan } from '../../src/graph/compilePlan.js'
import type { TerminalEvent } from '../../src/model/event.js'
import { isTerminal } from '../../src/model/isTerminal.js'
import type { Summary } from '../../src/model/summary.js'
import type { ShapedOperation } from '../../src/monitor/history/shapeHash.js'
import { jsonText } from '../../src/operators/jsonText.js'
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
    const operations = operationsFor({ root: [root], color: false })
    const recording = logged ? record(value, root, path, ended, operations) : unkept
    let summary: Summary | undefined
    for await (const event of runBatch(value, { ...recording.options, operations }).iterate()) {
      // The first event comes once the plan has been read.
      if (event.type === 'run-started') ended(logged ? 'decode and graph, again' : 'decode and graph')
      recording.see(event)
      if (isTerminal(event)) ends.set(event.id, event)
      if (event.type === 'run-finished') summary = event.summary
    }
    ended('run')
    await recording.finish()
    ended('history')
    const document = summary && summaryDocument(summary, namedOperations(value), ends, returnsOf(value))
    writeFileSync(join(root, 'stdout'), `${jsonText(document)}\n`)
    ended('summary')
  })
  const succeeded = [...ends.values()].filter(({ type }) => type === 'operation-succeeded').length
  return { operations: count, ...spent, parts, problems: succeeded === count ? [] : [`${succeeded} of ${count} operations succeeded`] }
}

/** What the command does before a run that it keeps. */
function record(
  value: unknown,
  root: string,
  file: string,
  ended: (part: string) => void,
  operations: ReturnType<typeof operationsFor>,
): Recording {
  const compiled = compilePlan(value, operations)
  if (compiled._tag === 'Left') throw new Error('Its own plan has faults.')
  ended('decode and graph')
  const { operations: shaped } = value as { readonly operations: readonly ShapedOperation[] } // As `stagePlan` made it.
  const recording = beginRecording({ root, compiled: compiled.right, operations: shaped, file, command: ran }, {})
  ended('opening of the log')
  return recording
}
