import { peerNames } from './contenders.js'
import type { GraphSettings } from './graphCase.js'
import type { ShapeName } from './shape.js'
import type { Task } from './task.js'

/** What is measured, and of whom. The first contender is the one all others are divided by. */
export interface Case {
  readonly name: string
  readonly contenders: readonly string[]
  readonly task: Task
  /** Held bytes are looked at for these. */
  readonly holdings: readonly string[]
  /** Flags of the process, such as its most memory. */
  readonly flags: readonly string[]
  /** Further pairs to compare: the first of each is divided by the second. */
  readonly besides?: readonly Pair[]
}

export type Pair = readonly [contender: string, to: string]

const ours = ['millrace', 'with monitor']
const all = [...ours, ...peerNames]
/** With what the monitor is to be compared when both add up the same. */
const metered = 'by hand, metered'
const concurrency = 6

const sizes = { 1_000: '1k', 10_000: '10k', 100_000: '100k', 316_000: '316k', 1_000_000: '1M', 10_000_000: '10M' } as const
type Size = keyof typeof sizes

function graph(shape: ShapeName, size: Size, contenders: readonly string[], settings: Partial<GraphSettings> = {}): Case {
  const task = { type: 'graph', shape, size, work: 'sync', concurrency, repeats: 1, ...settings } as const
  const how = task.work === 'sync' ? '' : `, ${task.work}`
  const held = task.work === 'sleep' || task.repeats > 1 ? [] : ['by hand', 'millrace', 'with monitor', 'p-limit', 'effect', 'rxjs levels']
  return {
    name: `${shape} ${sizes[size]}${how}`,
    contenders: ['by hand', ...contenders],
    task,
    holdings: held.filter((name) => name === 'by hand' || contenders.includes(name)),
    flags: [],
    ...(contenders.includes(metered) && { besides: [['with monitor', metered] as const] }),
  }
}

function stream(operations: Size, named: boolean): Case {
  return {
    name: `stream ${sizes[operations]}, ${named ? 'named' : 'unnamed'}, 64 MB`,
    contenders: ['by hand', 'millrace'],
    task: { type: 'stream', operations, named },
    holdings: [],
    flags: ['--max-old-space-size=64'],
  }
}

const plain = { holdings: [], flags: [] }

const decode: Case = {
  name: 'decode a plan of 100k',
  contenders: ['by hand', 'millrace'],
  task: { type: 'decode', operations: 100_000 },
  ...plain,
}
const ndjson: Case = {
  name: 'layered 100k, to NDJSON',
  contenders: ['by hand, NDJSON', 'millrace, NDJSON'],
  task: { type: 'graph', shape: 'layered', size: 100_000, work: 'sync', concurrency, repeats: 1 },
  ...plain,
}
const journal: Case = {
  name: 'layered 100k, to a journal',
  contenders: ['by hand', 'millrace', 'without a journal', 'without, with known'],
  task: { type: 'journal', size: 100_000, concurrency },
  besides: [
    ['millrace', 'without a journal'],
    ['without, with known', 'without a journal'],
  ],
  ...plain,
}
const batch = (batches: number): Case => ({
  name: 'a batch of seven operations',
  contenders: ['by hand', 'millrace', 'p-limit', 'p-queue'],
  task: { type: 'batch', batches, concurrency },
  ...plain,
})
const one = (batches: number): Case => ({
  name: 'a batch of one function, warm',
  contenders: ['by hand', 'millrace'],
  task: { type: 'one', batches },
  ...plain,
})
/** More slots than there are ever ready operations: each is made, idles, and is used again. */
const wide: Case = { ...graph('layered', 100_000, ours, { concurrency: 2_000 }), name: 'layered 100k, wide' }
const runJson: Case = {
  name: 'run --json of a plan of 100k',
  contenders: ['engine', 'millrace run --json', 'with --quiet', 'with --quiet --no-log', 'by stage'],
  task: { type: 'run --json', operations: 100_000 },
  ...plain,
}
const calls = (count: number): Case => ({
  name: 'a call of batch_execute',
  contenders: ['by hand', 'millrace', 'millrace, untracked', 'without a server'],
  task: { type: 'calls', calls: count },
  ...plain,
})
const start = (starts: number): Case => ({
  name: 'start of --help',
  contenders: ['by hand', 'millrace'],
  task: { type: 'start', of: 'help', starts },
  ...plain,
})
const imported = (starts: number): Case => ({
  ...start(starts),
  name: 'import of the core, against p-map and RxJS',
  task: { type: 'start', of: 'import', starts },
})

const serverStart = (starts: number): Case => ({
  name: 'start of the server, to its first answer',
  contenders: ['by hand', 'by hand, answering', 'millrace'],
  task: { type: 'start', of: 'server', starts },
  ...plain,
})
const files = (operations: number): Case => ({
  name: `${operations} files`,
  contenders: ['by hand', 'millrace', 'p-limit', 'p-queue'],
  task: { type: 'files', operations, concurrency },
  ...plain,
})
const workers = (operations: number): Case => ({
  name: `${operations} operations at four workers`,
  contenders: ['in the run', 'at workers'],
  task: { type: 'workers', operations, workers: 4, slots: 8 },
  ...plain,
})
const sleeping = (contenders: readonly string[]): Case => graph('layered', 1_000, contenders, { work: 'sleep', concurrency: 8 })

/** async.auto takes 17 s at 10,000 operations and minutes at 100,000: it grows with the square. The whole benchmark has it at 1,000. */
const quickPeers = all.filter((name) => name !== 'async.auto')

/**
 * What can be measured in five minutes on two cores: few peers where they say least about this library, and what is held where that is
 * soon known.
 */
export const quickCases: readonly Case[] = [
  graph('layered', 1_000, quickPeers, { repeats: 20 }),
  graph('layered', 100_000, [metered, ...quickPeers]),
  { ...graph('layered', 1_000_000, [metered, 'with monitor']), holdings: [] },
  { ...graph('independent', 100_000, [...ours, 'p-limit']), holdings: ['millrace'] },
  { ...graph('chain', 100_000, [...ours, 'p-limit', 'rxjs gates']), holdings: ['millrace'] },
  { ...graph('star', 100_000, [...ours, 'p-limit']), holdings: ['millrace'] },
  { ...graph('layered', 10_000, quickPeers, { work: 'async' }), holdings: ['millrace'] },
  sleeping([...ours, 'p-limit', 'rxjs levels']),
  files(300),
  batch(50),
  one(2_000),
  wide,
  ndjson,
  journal,
  decode,
  stream(1_000_000, false),
  stream(1_000_000, true),
  runJson,
  calls(100),
  start(3),
  imported(3),
  serverStart(3),
  workers(3_000),
]

const shapeNames: readonly ShapeName[] = ['layered', 'independent', 'chain', 'star']

export const allCases: readonly Case[] = [
  ...shapeNames.flatMap((shape) => [
    graph(shape, 1_000, all, { repeats: 50 }),
    graph(shape, 100_000, shape === 'layered' ? [metered, ...all] : all),
  ]),
  graph('layered', 316_000, ours),
  graph('layered', 1_000_000, [metered, ...ours, 'p-limit', 'effect']),
  ...shapeNames.slice(1).map((shape) => graph(shape, 1_000_000, ours)),
  ...shapeNames.map((shape) => graph(shape, 100_000, all, { work: 'async' })),
  sleeping(all),
  graph('independent', 1_000, all, { work: 'sleep', concurrency: 8 }),
  files(1_000),
  batch(300),
  one(10_000),
  wide,
  ndjson,
  journal,
  decode,
  stream(10_000_000, false),
  stream(10_000_000, true),
  runJson,
  calls(500),
  start(5),
  imported(5),
  serverStart(5),
  workers(10_000),
]
