import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs'
import * as t from 'io-ts'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { CompiledPlan } from '../model/graph.js'
import type { PlanGraph } from '../monitor/meter/planGraph.js'
import { RanCommand } from './ranCommand.js'
import { textOfFile, valueOfJson } from './textOfFile.js'

const numbers = t.readonlyArray(t.number)

/**
 * What a run's events do not tell, kept beside them: what has to be the same for two runs to be compared, and how its operations
 * depend on one another. No parameters: those may hold secrets.
 */
export const AboutRun = t.intersection([
  t.readonly(
    t.type({
      v: t.literal(1),
      /** Hash of ids, types and explicit edges. */
      shape: t.string,
      cpus: t.number,
      nodeMajor: t.number,
      wiring: t.readonly(t.type({ ids: t.readonlyArray(t.string), nodes: t.number, waits: numbers, offsets: numbers, targets: numbers })),
    }),
  ),
  t.readonly(
    t.partial({
      /** The file it came from, as it was named. */
      plan: t.string,
      command: RanCommand,
    }),
  ),
])
export type AboutRun = t.TypeOf<typeof AboutRun>

const fileName = 'run.json'

/** What is to be known of a run of this plan, on this machine. */
export function aboutRun({ graph }: Pick<CompiledPlan, 'graph'>, shape: string, from: Pick<AboutRun, 'plan' | 'command'> = {}): AboutRun {
  const { tasks, nodes, waits, offsets, targets } = graph
  return {
    v: 1,
    shape,
    cpus: availableParallelism(),
    nodeMajor: Number(process.versions.node.split('.')[0]),
    ...from,
    wiring: { ids: tasks.map(({ id }) => id), nodes, waits: listOf(waits), offsets: listOf(offsets), targets: listOf(targets) },
  }
}

// By a loop: spreading them goes through an iterator, and there may be millions.
function listOf(values: Int32Array): readonly number[] {
  const list: number[] = []
  for (let index = 0; index < values.length; index++) list.push(values[index]!)
  return list
}

export function writeAboutRun(folder: string, about: AboutRun, sync: boolean): void {
  const file = openSync(join(folder, fileName), 'wx', 0o600)
  try {
    writeFileSync(file, `${JSON.stringify(about)}\n`)
    if (sync) fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Undefined when nothing was kept beside the events, or not by this version. */
export function readAboutRun(folder: string): AboutRun | undefined {
  const decoded = AboutRun.decode(valueOfJson(textOfFile(join(folder, fileName)) ?? ''))
  return decoded._tag === 'Right' ? decoded.right : undefined
}

/** The graph again, as far as chains are followed by it. */
export function graphOf({ wiring: { ids, nodes, waits, offsets, targets } }: AboutRun): PlanGraph {
  return {
    tasks: ids.map((id) => ({ id })),
    nodes,
    waits: Int32Array.from(waits),
    offsets: Int32Array.from(offsets),
    targets: Int32Array.from(targets),
  }
}
