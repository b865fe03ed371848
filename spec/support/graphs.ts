import * as assert from 'uvu/assert'
import { compilePlan, type CompileOptions } from '../../src/graph/compilePlan.js'
import { describeFault } from '../../src/model/fault/describeFault.js'
import type { CompiledPlan, Results, CompiledOperation } from '../../src/model/graph.js'
import type { AttemptContext } from '../../src/model/work.js'
import { doubleOperations } from './doubleOperations.js'

/** The compiled plan; fails with the plan's faults when there are any. */
export function compiled(plan: unknown, options?: CompileOptions): CompiledPlan {
  const result = compilePlan(plan, doubleOperations, options)
  if (result._tag === 'Left') return assert.unreachable(result.left.map(describeFault).join('\n')) as never
  return result.right
}

/** The texts of a plan's faults, none when it is right. */
export function faultsOf(plan: unknown): readonly string[] {
  const result = compilePlan(plan, doubleOperations)
  return result._tag === 'Left' ? result.left.map(describeFault) : []
}

/** Every edge as `from>to kind`. */
export function edgesOf(plan: unknown): readonly string[] {
  return compiled(plan)
    .graph.edges()
    .map(({ from, to, kind }) => `${from}>${to} ${kind}`)
}

/** Results of earlier operations, by id, and what was told to be kept out of sight. */
export function resultsOf(
  tasks: readonly CompiledOperation[],
  values: { readonly [id: string]: unknown },
): Results & { readonly concealed: readonly string[] } {
  const byIndex = new Map(tasks.flatMap(({ id }, index) => (Object.hasOwn(values, id) ? [[index, values[id]] as const] : [])))
  const concealed: string[] = []
  return {
    has: (index) => byIndex.has(index),
    get: (index) => byIndex.get(index),
    outcome: (index) =>
      byIndex.has(index) ? { type: 'succeeded', value: byIndex.get(index) } : { type: 'skipped', reason: 'gate', because: [] },
    conceal: (text) => {
      concealed.push(text)
    },
    concealed,
  }
}

export const context: AttemptContext = {
  id: 'test',
  runId: 'a run',
  attempt: 1,
  signal: new AbortController().signal,
  output: () => {},
  progress: () => {},
  process: () => {},
  emit: () => {},
  ready: () => {},
  onUndo: () => {},
  redact: (text) => text,
  redactStream: () => ({ add: (text) => text, end: () => '' }),
  room: () => undefined,
  child: () => assert.unreachable('No operation of these tests has children.') as never,
  undoable: false,
}
