import type { BatchEvent } from '../../src/model/event.js'

const stamp = (seq: number): { runId: string; seq: number; at: number } => ({ runId: 'r', seq, at: 1_700_000_000_000.25 + seq })

/** The events of a small run, with texts that are hard to write. */
export const shortRun: readonly BatchEvent[] = [
  {
    type: 'run-started',
    ...stamp(0),
    name: 'é 漢 \u0000\n"',
    operations: 2,
    concurrency: 1,
    edges: { explicit: 1, reference: 0, effect: 0, order: 0 },
  },
  { type: 'operation-ready', ...stamp(1), id: 'a', name: 'file.write' },
  { type: 'attempt-started', ...stamp(2), id: 'a', attempt: 1 },
  { type: 'operation-output', ...stamp(3), id: 'a', stream: 'stdout', text: '😀\u2028,"crc":"00000000"}\n' },
  { type: 'operation-succeeded', ...stamp(4), id: 'a', value: { ['__proto__']: [1, null] }, durationMs: 1.5, waitedMs: 0, attempts: 1 },
  { type: 'operation-skipped', ...stamp(5), id: 'b', reason: 'gate', because: [] },
]
