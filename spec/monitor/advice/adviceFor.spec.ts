import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Advice } from '../../../src/monitor/advice/advice.js'
import { adviceFor } from '../../../src/monitor/advice/adviceFor.js'
import type { RunRecord } from '../../../src/monitor/history/runRecord.js'
import { runRecord, typeRecord } from '../history/records.js'

const test = suite('adviceFor')

const counts = (total: number, succeeded = total): RunRecord['counts'] => ({
  total,
  succeeded,
  failed: total - succeeded,
  skipped: 0,
  cancelled: 0,
})
const slow = Array.from({ length: 40 }, (_, index) => (index < 36 ? 400 : 700))

interface Row {
  readonly title: string
  readonly run: RunRecord
  readonly says: readonly (readonly [claim: string, predicted: string, check: string])[]
}

const told = ({ claim, predicted, check }: Advice): readonly [string, string, string] => [
  claim,
  predicted === undefined ? '' : `${predicted.metric} from ${Number(predicted.low.toFixed(3))} to ${Number(predicted.high.toFixed(3))}`,
  check,
]

const rows: readonly Row[] = [
  { title: 'nothing of a run in which all is well', run: runRecord({ criticalPathMs: 500 }), says: [] },
  {
    title: 'of a limit that is too low, with the interval of Graham',
    run: runRecord({ concurrency: 2, criticalPathMs: 300, workMs: 2_000, slotMs: 2_000 }),
    says: [
      [
        'At concurrency 7 instead of 2 this plan takes 300 ms to 543 ms instead of 1,000 ms, if its attempts take as long as now.',
        'makespanMs from 300 to 543',
        'millrace run plan.yaml --concurrency 7',
      ],
    ],
  },
  {
    title: 'no limit when operations take several slots',
    run: runRecord({ concurrency: 2, criticalPathMs: 300, workMs: 2_000, heavy: true }),
    says: [],
  },
  {
    title: 'no limit from attempts that their own limit cut off',
    run: runRecord({
      concurrency: 2,
      criticalPathMs: 300,
      workMs: 2_000,
      slotMs: 2_000,
      types: [typeRecord('a.b', [300], { timeouts: 1, timeoutMs: 10_000 })],
    }),
    says: [],
  },
  {
    title: 'of no more slots than the CPUs serve, at the CPU time of the attempts',
    run: runRecord({ concurrency: 2, criticalPathMs: 300, workMs: 2_000, slotMs: 2_000, cpus: 4, cpuMs: 2_000 }),
    says: [
      [
        'At concurrency 4 instead of 2 this plan takes 500 ms to 725 ms instead of 1,000 ms, if its attempts take as long as now.',
        'makespanMs from 500 to 725',
        'millrace run plan.yaml --concurrency 4',
      ],
    ],
  },
  {
    title: 'no limit of work that keeps every CPU busy',
    run: runRecord({ concurrency: 2, criticalPathMs: 300, workMs: 2_000, slotMs: 2_000, cpuMs: 2_000 }),
    says: [],
  },
  {
    title: 'no limit above the CPUs for programs whose CPU time nobody measured',
    run: runRecord({ concurrency: 2, criticalPathMs: 300, workMs: 2_000, slotMs: 2_000, types: [typeRecord('shell.run', [300])] }),
    says: [],
  },
  { title: 'no limit without the graph', run: runRecord({ concurrency: 2, workMs: 2_000, slotMs: 2_000 }), says: [] },
  {
    title: 'of a chain that is the run',
    run: runRecord({ criticalPathMs: 950, workMs: 1_500 }),
    says: [
      [
        'One chain of dependent operations takes 950 ms, 95 % of the run: more slots cannot make it shorter.',
        '',
        'millrace plan plan.yaml',
      ],
    ],
  },
  {
    title: 'of slots that stood idle for a pool',
    run: runRecord({ idle: { dependencyMs: 600, poolMs: 3_000, tailMs: 0 } }),
    says: [
      [
        'Slots were idle for 50 % of their time (3,000 ms) while ready operations waited for their pool, or needed more slots than were free.',
        '',
        'millrace plan plan.yaml',
      ],
    ],
  },
  {
    title: 'of slots that stood idle for dependencies',
    run: runRecord({ idle: { dependencyMs: 2_400, poolMs: 0, tailMs: 0 } }),
    says: [
      [
        'Slots were idle for 40 % of their time (2,400 ms) while no operation was ready: all waited for dependencies.',
        '',
        'millrace plan plan.yaml',
      ],
    ],
  },
  {
    title: 'of work lost to retries',
    run: runRecord({ retries: 16, retriedMs: 600, types: [typeRecord('a.b', [1]), typeRecord('http.request', [1], { retriedMs: 600 })] }),
    says: [
      [
        '20 % of the work (600 ms) was spent on failed attempts that were retried, most of it in http.request.',
        '',
        'millrace plan plan.yaml',
      ],
    ],
  },
  { title: 'nothing of four retries', run: runRecord({ retries: 4, retriedMs: 600, types: [typeRecord('a.b', [1])] }), says: [] },
  {
    title: 'of a time limit that cuts off the slow ones',
    run: runRecord({ types: [typeRecord('http.request', slow, { timeouts: 6, timeoutMs: 1_000, attempts: 46 })] }),
    says: [
      [
        '6 attempts of http.request hit the time limit of 1,000 ms, and the p95 of those that succeeded is 700 ms: the limit stops slow attempts, unless they were hanging.',
        '',
        'millrace plan plan.yaml',
      ],
    ],
  },
  {
    title: 'nothing of a limit far above what succeeds: those hang',
    run: runRecord({ types: [typeRecord('http.request', slow, { timeouts: 6, timeoutMs: 10_000 })] }),
    says: [],
  },
  {
    title: 'nothing of a limit with too few that succeeded',
    run: runRecord({ types: [typeRecord('http.request', slow.slice(25), { timeouts: 6, timeoutMs: 1_000 })] }),
    says: [],
  },
  {
    title: 'of a batch of one',
    run: runRecord({ counts: counts(1) }),
    says: [['This run had one operation: nothing was batched.', '', 'millrace plan plan.yaml']],
  },
  {
    title: 'of a few, one after another',
    run: runRecord({ counts: counts(3), workMs: 1_000 }),
    says: [['3 operations ran, on average 1.0 at once: this batch saved messages but no time.', '', 'millrace plan plan.yaml']],
  },
  {
    title: 'of a low success rate',
    run: runRecord({ counts: counts(20, 14) }),
    says: [['6 of 20 operations did not succeed: a success rate of 70 %.', '', 'millrace plan plan.yaml']],
  },
  { title: 'nothing of one failure in nine', run: runRecord({ counts: counts(9, 8) }), says: [] },
]

for (const { title, run, says } of rows) test(`tells ${title}`, () => assert.equal(adviceFor(run, 'plan.yaml').map(told), says))

test('writes a path as one word of the command', () => {
  const [advice] = adviceFor(runRecord({ counts: counts(1) }), "it's my plan.json")
  assert.is(advice?.check, "millrace plan 'it'\\''s my plan.json'")
})

test.run()
