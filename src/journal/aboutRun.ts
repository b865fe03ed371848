import { closeSync, existsSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'
import * as t from 'io-ts'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { isPlainObject } from '../model/codec/plainObject.js'
import type { CompiledPlan } from '../model/graph.js'
import { shapeHash } from '../monitor/history/shapeHash.js'
import type { PlanGraph } from '../monitor/meter/planGraph.js'
import { keptOperations, KeptOperation, shapedOperations } from './keptOperations.js'
import { RanCommand } from './ranCommand.js'
import { ResumedRun } from './resumedRun.js'
import { textOfFile, valueOfJson } from './log/textOfFile.js'

const numbers = t.readonlyArray(t.number)

const conditions = { shape: t.string, cpus: t.number, nodeMajor: t.number }
const wiring = { nodes: t.number, waits: numbers, offsets: numbers, targets: numbers }
const from = { plan: t.string, command: RanCommand }

/** As the first version of this file had it: nothing of single operations but their ids. */
const FirstVersion = t.intersection([
  t.type({ v: t.literal(1), ...conditions, wiring: t.type({ ids: t.readonlyArray(t.string), ...wiring }) }),
  t.partial(from),
])

/**
 * What a run's events do not tell, kept beside them: what has to be the same for two runs to be compared, what its operations are and
 * how they depend on one another. No parameters, which may hold secrets: hashes of them.
 */
export const AboutRun = t.intersection([
  t.readonly(
    t.type({
      v: t.literal(2),
      /** Hash of ids, types, explicit edges and what each operation is given, without its data. */
      ...conditions,
      /** In the order of the plan; none of a stream's. */
      operations: t.readonlyArray(KeptOperation),
      wiring: t.readonly(
        t.intersection([
          t.type(wiring),
          /** For each target: 0 explicit, 1 reference, 2 effect, 3 order. */
          t.partial({ kinds: numbers }),
        ]),
      ),
    }),
  ),
  t.readonly(
    t.partial({
      /** The file it came from, as it was named. */
      plan: from.plan,
      command: from.command,
      /** Its operations came while it went on. */
      streamed: t.literal(true),
      resumes: ResumedRun,
      /** The W3C trace context that it was given. */
      traceparent: t.string,
    }),
  ),
])
export type AboutRun = t.TypeOf<typeof AboutRun>

/** What of a run its plan does not say. */
export type RunOrigin = Pick<AboutRun, 'plan' | 'command' | 'resumes' | 'traceparent'>

const fileName = 'run.json'
const draftName = 'run.json.draft'

/** What is to be known of a run of this plan, on this machine; without a plan it is a stream. */
export function aboutRun(plan: Pick<CompiledPlan, 'graph'> | undefined, origin: RunOrigin = {}): AboutRun {
  const conditions = { cpus: availableParallelism(), nodeMajor: Number(process.versions.node.split('.')[0]) }
  if (plan === undefined)
    return { v: 2, shape: shapeHash({ operations: [] }), ...conditions, ...origin, streamed: true, operations: [], wiring: noWiring }
  const { graph } = plan
  const { nodes, waits, offsets, targets, kinds } = graph
  const operations = keptOperations(graph)
  return {
    v: 2,
    shape: shapeHash({ operations: shapedOperations(graph, operations) }),
    ...conditions,
    ...origin,
    operations,
    wiring: { nodes, waits: listOf(waits), offsets: listOf(offsets), targets: listOf(targets), kinds: listOf(kinds) },
  }
}

const noWiring: AboutRun['wiring'] = { nodes: 0, waits: [], offsets: [0], targets: [], kinds: [] }

// By a loop: spreading them goes through an iterator, and there may be millions.
function listOf(values: Int32Array | Uint8Array): readonly number[] {
  const list: number[] = []
  for (let index = 0; index < values.length; index++) list.push(values[index]!)
  return list
}

/** Written under another name first: a process may be killed at any moment, and half of it would say that something is damaged. */
export function writeAboutRun(folder: string, about: AboutRun, sync: boolean): void {
  const draft = join(folder, draftName)
  const file = openSync(draft, 'w', 0o600)
  try {
    writeFileSync(file, `${JSON.stringify(about)}\n`)
    if (sync) fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, join(folder, fileName))
}

/** Whether something is kept beside the events of a run, whatever it is. */
export function hasAboutRun(folder: string): boolean {
  return existsSync(join(folder, fileName))
}

/** Undefined when nothing was kept beside the events, or not by a version that is known. */
export function readAboutRun(folder: string): AboutRun | undefined {
  const value = valueOfJson(textOfFile(join(folder, fileName)) ?? '')
  if (isPlainObject(value) && value['v'] === 1) {
    const first = FirstVersion.decode(value)
    return first._tag === 'Right' ? fromFirst(first.right) : undefined
  }
  const decoded = AboutRun.decode(value)
  return decoded._tag === 'Right' ? decoded.right : undefined
}

function fromFirst({ wiring: { ids, ...wiring }, ...rest }: t.TypeOf<typeof FirstVersion>): AboutRun {
  return { ...rest, v: 2, operations: ids.map((id) => ({ id })), wiring }
}

/** The graph again, as far as chains are followed by it. */
export function graphOf({ operations, wiring: { nodes, waits, offsets, targets } }: AboutRun): PlanGraph {
  return {
    operations,
    nodes,
    waits: Int32Array.from(waits),
    offsets: Int32Array.from(offsets),
    targets: Int32Array.from(targets),
  }
}
