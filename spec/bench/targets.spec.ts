import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findingOf, type Measured } from './finding.js'
import type { Sample } from './sample.js'
import { tableOfTargets } from './targets.js'

const test = suite('targets of the benchmark')

const measured = (contender: string, cpuMs: number, wallMs = cpuMs, parts: Sample['parts'] = {}): Measured => {
  const sample: Sample = { operations: 1_000, cpuMs, wallMs, peakMb: 50, parts, problems: [] }
  return { contender, samples: [sample], bytesPerOperation: undefined, refused: undefined }
}

test('what was measured is reached or missed, and what was not is not told', () => {
  const chain = { type: 'graph', shape: 'chain', size: 100_000, work: 'sync', concurrency: 6, repeats: 1 } as const
  const findings = [
    findingOf('chain 100k', chain, [measured('by hand', 2), measured('millrace', 9)]),
    findingOf('chain 100k, async', chain, [measured('by hand', 1), measured('millrace', 1)]),
    findingOf('run --json of a plan of 100k', { type: 'run --json', operations: 1_000 }, [
      measured('engine', 3),
      measured('millrace run --json', 8),
    ]),
    findingOf('start of the server, to its first answer', { type: 'start', of: 'server', starts: 5 }, [
      measured('by hand', 1, 10),
      measured('millrace', 5, 20),
    ]),
    findingOf('3000 operations at four workers', { type: 'workers', operations: 1_000, workers: 4, slots: 8 }, [
      measured('in the run', 50),
      measured('at workers', 900, 900, { 'the run': 250, 'the workers': 450, Redis: 200 }),
    ]),
  ]
  const [, ...rows] = tableOfTargets(findings).split('\n')
  assert.equal(rows.length, 5)
  assert.match(rows[0]!, /^chain 100k, millrace: ratio +4 +4\.50 +missed$/)
  assert.match(rows[1]!, /^run --json of a plan of 100k, millrace run --json: µs of CPU time beyond the engine +6 +5\.00 +reached$/)
  assert.match(rows[2]!, /^start of the server, to its first answer, millrace: ratio of wall times +2\.2 +2\.00 +reached$/)
  assert.match(rows[3]!, /at workers: µs of CPU time beyond the run alone +800 +850\.00 +missed$/)
  assert.match(rows[4]!, /at workers: µs of CPU time of its run beyond the run alone +250 +200\.00 +reached$/)
  assert.is(tableOfTargets([]), '')
})

test.run()
