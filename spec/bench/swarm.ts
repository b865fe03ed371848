// Built along with the specs; then: node --expose-gc .spec/spec/bench/swarm.js [agents]
// One swarm in which every agent does one task, an operation that does nothing: what is left is what agents, routing and child
// operations cost. Each size in each topology: CPU time of the coordinate in a run with all its events, heap an agent takes, and
// messages a second of CPU time, along one edge from each agent. The median of five rounds after one that is left out; the exponent is that
// of time over size, from a tenth of the agents to all of them.
import { lastValueFrom } from 'rxjs'
import { runBatch } from '../../src/engine/runBatch.js'
import { closed } from '../../src/model/codec/closed.js'
import { anyJson } from '../../src/model/codec/values.js'
import { operationRegistry, type AnyOperationType, type OperationRegistry } from '../../src/model/operationType.js'
import { median } from '../../src/monitor/histogram/quantile.js'
import { agents } from '../../src/operations/swarm/agents.js'
import { swarms } from '../../src/operations/swarm/swarms.js'

const most = Number(process.argv[2] ?? 10_000)
const sizes = [most / 10, most / 5, most / 2, most]
const topologies = ['mesh', 'star', 'ring', 'hierarchical']
const rounds = 5

const nothing: AnyOperationType = {
  type: 'bench',
  operation: 'nothing',
  summary: 'Does nothing.',
  params: closed('params of bench.nothing', {}, {}),
  result: anyJson,
  effects: () => ({}),
  perform: () => 1,
}
const worker = { name: 'worker', allow: ['bench.*'] }

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1_000
}

/** CPU time, in ms, of a run in which each of so many agents does one task. */
async function run(size: number, topology: string): Promise<number> {
  const held = agents({ roots: ['.'], kinds: { worker } })
  const registry: OperationRegistry = operationRegistry([nothing, ...held.types(() => registry)])
  const tasks = Array.from({ length: size }, () => ({ type: 'bench', operation: 'nothing' }))
  const operations = [
    { type: 'swarm', operation: 'init', params: { topology, maxAgents: size } },
    { type: 'swarm', operation: 'spawn', params: { type: 'worker', count: size } },
    { type: 'swarm', operation: 'coordinate', params: { tasks } },
    { type: 'swarm', operation: 'terminate' },
  ]
  const before = process.cpuUsage()
  const finished = await lastValueFrom(runBatch(operations, { operations: registry }))
  const spent = cpuMs(before)
  if (finished.type !== 'run-finished' || finished.summary.counts.succeeded !== size + 4)
    throw new Error(`${topology}: not all of ${size} agents did their task`)
  return spent
}

/** Heap, in bytes, that an agent takes, and messages a second from each agent along one of its edges. */
function still(size: number, name: string): { readonly bytes: number; readonly messages: number } {
  const held = swarms()
  const topology = held.topologies.get(name)!
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const swarm = held.make('bench', topology, size)
  swarm.spawn(worker, size)
  globalThis.gc?.()
  const bytes = (process.memoryUsage().heapUsed - before) / size
  // Each agent's first edge, looked for near its own place and at the ends: all four topologies have one there.
  const edges = swarm.agents.map((from) => {
    const near = [from.place + 1, 0, from.place - 1, Math.floor((from.place - 1) / 4)].map((place) => swarm.agents[place])
    const to = near.find((one) => one !== undefined && one !== from && topology.linked(from.place, one.place, size))
    if (to === undefined) throw new Error(`${name}: ${from.name} has no edge`)
    return { from, to: [to] as const }
  })
  const perAgent = 20
  let sent = 0
  const started = process.cpuUsage()
  for (let round = 0; round < perAgent; round++)
    for (const { from, to } of edges) {
      // The hub of a star gets one from every other agent: it reads its mail as it comes.
      if ((to[0].mailbox?.length ?? 0) >= 1_000) swarm.mail.take(to[0])
      sent += swarm.mail.deliver(from, to, 'done').length
    }
  const seconds = cpuMs(started) / 1_000
  void swarm.terminate()
  return { bytes, messages: sent / seconds }
}

// Compiled well before the first is measured, or the smallest would look dear.
for (const topology of topologies) await run(most, topology)

for (const topology of topologies) {
  const times: number[] = []
  for (const size of sizes) {
    const measured: number[] = []
    for (let round = 0; round <= rounds; round++) measured.push(await run(size, topology))
    const time = median(measured.slice(1))
    times.push(time)
    console.log(`${topology} ${size}: ${time.toFixed(0)} ms, ${((time / size) * 1_000).toFixed(1)} µs a task`)
  }
  const exponent = Math.log(times.at(-1)! / times[0]!) / Math.log(10)
  const { bytes, messages } = still(most, topology)
  console.log(
    `${topology}: exponent ${exponent.toFixed(2)}, ${bytes.toFixed(0)} bytes an agent, ${Math.round(messages).toLocaleString('en')} messages a second`,
  )
}
