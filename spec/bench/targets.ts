import type { Contended, Finding } from './finding.js'
import { aligned } from './table.js'

/** A figure that this library is to reach. */
interface Target {
  /** The name of the case that it is of. */
  readonly of: string
  readonly contender: string
  readonly what: keyof typeof figures
  readonly most: number
}

const beyondFirst = ({ value }: Contended, first: Contended): number | undefined =>
  value && first.value && value.median - first.value.median

const figures = {
  ratio: ({ ratio }: Contended) => ratio?.median,
  'ratio of wall times': ({ wallRatio }: Contended) => wallRatio?.median,
  'µs of CPU time': ({ value }: Contended) => value?.median,
  'µs of CPU time beyond the engine': beyondFirst,
  'µs of CPU time beyond the run alone': beyondFirst,
  'µs of CPU time of its run beyond the run alone': ({ parts }: Contended, first: Contended) => {
    const run = parts.find(({ name }) => name === 'the run')
    return run && first.value && run.us - first.value.median
  },
  'bytes held': ({ bytesPerOperation }: Contended) => bytesPerOperation,
} as const satisfies Record<string, (one: Contended, first: Contended) => number | undefined>

const targets: readonly Target[] = [
  { of: 'layered 1M', contender: 'with monitor', what: 'ratio', most: 2 },
  { of: 'layered 1M', contender: 'with monitor', what: 'bytes held', most: 150 },
  { of: 'independent 100k', contender: 'millrace', what: 'ratio', most: 4 },
  { of: 'chain 100k', contender: 'millrace', what: 'ratio', most: 4 },
  { of: 'star 100k', contender: 'millrace', what: 'ratio', most: 4 },
  { of: 'a batch of one function, warm', contender: 'millrace', what: 'µs of CPU time', most: 100 },
  { of: 'layered 1k, sleep', contender: 'millrace', what: 'ratio', most: 1.02 },
  { of: 'stream 1M, unnamed, 64 MB', contender: 'millrace', what: 'µs of CPU time', most: 2.5 },
  { of: 'stream 1M, named, 64 MB', contender: 'millrace', what: 'µs of CPU time', most: 4 },
  { of: 'stream 10M, unnamed, 64 MB', contender: 'millrace', what: 'µs of CPU time', most: 2.5 },
  { of: 'stream 10M, named, 64 MB', contender: 'millrace', what: 'µs of CPU time', most: 4 },
  { of: 'run --json of a plan of 100k', contender: 'millrace run --json', what: 'µs of CPU time beyond the engine', most: 6 },
  { of: 'start of --help', contender: 'millrace', what: 'ratio', most: 1.5 },
  { of: 'import of the core, against p-map and RxJS', contender: 'millrace', what: 'ratio', most: 2 },
  { of: 'start of the server, to its first answer', contender: 'millrace', what: 'ratio of wall times', most: 2.2 },
  ...[3_000, 10_000].flatMap((operations): readonly Target[] => {
    const at = { of: `${operations} operations at four workers`, contender: 'at workers' }
    return [
      { ...at, what: 'µs of CPU time beyond the run alone', most: 800 },
      { ...at, what: 'µs of CPU time of its run beyond the run alone', most: 250 },
    ]
  }),
]

/** What of the targets was measured, and whether it was reached; nothing when none was. */
export function tableOfTargets(findings: readonly Finding[]): string {
  const rows = targets.flatMap(({ of, contender, what, most }) => {
    const found = findings.find(({ name }) => name === of)
    const one = found?.of.find((other) => other.contender === contender)
    const value = one && figures[what](one, found!.of[0]!)
    if (value === undefined) return []
    return [[`${of}, ${contender}: ${what}`, `${most}`, value.toFixed(2), value <= most ? 'reached' : 'missed']]
  })
  return rows.length === 0 ? '' : aligned([['target', 'at most', 'measured', ''], ...rows])
}
