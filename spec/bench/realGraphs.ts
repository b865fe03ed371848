import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lastValueFrom, timer, VirtualTimeScheduler } from 'rxjs'
import { operation, runBatch, type Operation } from '../../src/index.js'
import { longestPath, type Shape } from './shape.js'
import { aligned } from './table.js'

/** A recorded graph: what each operation took, and what it waited for. */
interface Recorded {
  readonly ops: readonly { readonly id: string; readonly runtime_ms: number; readonly deps: readonly string[] }[]
}

/** The makespan of one graph under one limit, beside the least that any schedule could take. */
export interface Row {
  readonly graph: string
  readonly operations: number
  readonly concurrency: number
  readonly makespanMs: number
  readonly boundMs: number
}

const limits = [2, 6, 16, 64] as const

/**
 * Runs recorded graphs in virtual time, each body a timer of the time it was recorded with: what is shown is the schedule alone.
 * A makespan below its bound is refused.
 */
export async function realGraphs(folder: string): Promise<readonly Row[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json') && name !== 'manifest.json').sort()
  const rows: Row[] = []
  for (const name of names) {
    const recorded = JSON.parse(await readFile(join(folder, name), 'utf8')) as Recorded // The caller says that it is one.
    for (const concurrency of limits) rows.push(await simulated(name.replace(/\.json$/, ''), recorded, concurrency))
  }
  return rows
}

export function tableOfGraphs(rows: readonly Row[]): string {
  const graphs = [...new Set(rows.map(({ graph }) => graph))]
  const lines = graphs.map((graph) => {
    const own = rows.filter((row) => row.graph === graph)
    return [graph, `${own[0]!.operations}`, ...own.map(({ makespanMs, boundMs }) => (makespanMs / boundMs).toFixed(3))]
  })
  return aligned([['makespan ÷ bound', 'operations', ...limits.map((limit) => `at ${limit}`)], ...lines])
}

async function simulated(graph: string, { ops }: Recorded, concurrency: number): Promise<Row> {
  const scheduler = new VirtualTimeScheduler()
  const order = sorted(ops)
  const made = new Map<string, Operation>()
  order.forEach(({ id, runtime_ms, deps }, index) => {
    const dependencies = deps.map((needed) => made.get(needed)!)
    made.set(
      id,
      operation(`o${index}`, () => timer(runtime_ms, scheduler), { dependencies }),
    )
  })
  const finished = lastValueFrom(runBatch([...made.values()], { concurrency, scheduler }))
  scheduler.flush()
  const event = await finished
  if (event.type !== 'run-finished' || !event.summary.ok) throw new Error(`${graph} did not end well.`)
  const { makespanMs } = event.summary
  const boundMs = boundOf(order, concurrency)
  if (makespanMs < boundMs * (1 - 1e-9)) throw new Error(`${graph}: a makespan of ${makespanMs} ms is below the bound of ${boundMs} ms.`)
  return { graph, operations: ops.length, concurrency, makespanMs, boundMs }
}

function boundOf(order: Recorded['ops'], concurrency: number): number {
  const places = new Map(order.map(({ id }, index) => [id, index]))
  const offsets = new Int32Array(order.length + 1)
  const sources: number[] = []
  order.forEach(({ deps }, index) => {
    sources.push(...deps.map((needed) => places.get(needed)!))
    offsets[index + 1] = sources.length
  })
  const shape: Shape = { name: 'layered', size: order.length, offsets, sources: Int32Array.from(sources) }
  const times = order.map(({ runtime_ms }) => runtime_ms)
  return Math.max(longestPath(shape, times), times.reduce((sum, ms) => sum + ms, 0) / concurrency)
}

/** Dependencies before those that wait for them; as recorded where that leaves a choice. */
function sorted(ops: Recorded['ops']): Recorded['ops'] {
  const byId = new Map(ops.map((one) => [one.id, one]))
  const placed = new Set<string>()
  const order: Recorded['ops'][number][] = []
  const place = (id: string): void => {
    if (placed.has(id)) return
    placed.add(id)
    const one = byId.get(id)!
    one.deps.forEach(place)
    order.push(one)
  }
  ops.forEach(({ id }) => place(id))
  return order
}
