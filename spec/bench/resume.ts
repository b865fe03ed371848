// node .spec/spec/bench/resume.js: what reading the log of an interrupted run costs, and deciding what is left; per operation.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastValueFrom } from 'rxjs'
import { anyJson, closed } from '../../src/codec.js'
import { compilePlan } from '../../src/graph/compilePlan.js'
import { runCompiled } from '../../src/engine/runCompiled.js'
import { runKeeper } from '../../src/journal/keepRun.js'
import { decide } from '../../src/journal/resume/decision.js'
import { readRunState } from '../../src/journal/resume/readRunState.js'
import { operationRegistry } from '../../src/model/operationType.js'
import { cpuMs } from './cpu.js'

const count = 10_000
const type = {
  type: 'bench',
  operation: 'safe',
  summary: 'Does nothing.',
  params: closed('the params of bench.safe', {}, { x: anyJson }),
  result: anyJson,
  repeatable: () => true,
  effects: () => ({}),
}
const stop = new AbortController()
let performed = 0
const operations = operationRegistry([
  {
    ...type,
    perform: () => {
      if (++performed === Math.floor((2 * count) / 3)) stop.abort()
      return { path: `folder/${performed}.txt`, bytes: performed }
    },
  },
])
const plan = Array.from({ length: count }, (_, index) => ({
  id: `op${index}`,
  type: 'bench',
  operation: 'safe',
  params: { x: index % 7 === 0 && index > 50 ? { $ref: `op${index - 50}.path` } : `folder/${index}.txt` },
  dependencies: index > 20 ? [`op${index - 20}`, `op${index - 11}`] : [],
}))

const root = mkdtempSync(join(tmpdir(), 'millrace-bench-'))
try {
  const compiled = compilePlan({ operations: plan }, operations)
  if (compiled._tag === 'Left') throw new Error('Its own plan has faults.')
  const kept = runKeeper(root, (error) => {
    throw error
  })({ runId: 'old', plan: compiled.right })
  await lastValueFrom(runCompiled(compiled.right, { runId: 'old', journal: kept.journal!, signal: stop.signal }))
  await kept.finish()
  for (let round = 0; round < 5; round++) {
    const before = cpuMs()
    const state = await readRunState(join(root, '.millrace', 'runs', 'old'))
    if (state._tag === 'Left') throw new Error(state.left.type)
    const read = cpuMs()
    const decided = decide(compiled.right, state.right, 'resume')
    if (decided._tag === 'Left') throw new Error(decided.left[0].type)
    const after = cpuMs()
    const each = (ms: number): string => ((1_000 * ms) / count).toFixed(1)
    const { known, left } = decided.right
    process.stdout.write(
      `${known.size} reused, ${left.length} left: reading ${each(read - before)}, deciding ${each(after - read)} µs of CPU an operation\n`,
    )
  }
} finally {
  rmSync(root, { recursive: true, force: true })
}
