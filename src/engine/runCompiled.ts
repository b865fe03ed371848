import type { Observable } from 'rxjs'
import type { CompiledPlan } from '../model/graph.js'
import type { TraceContext } from '../model/text/traceIds.js'
import { planBatch } from './source/batch.js'
import { execute } from './flow/execute.js'
import { checkRunOptions, type RunOptions } from './options.js'
import { runOf, type Run } from './run.js'

/**
 * Runs a plan that was compiled before, as `runBatch` runs one: who had to look into it first does not pay for reading it twice.
 * `endCleanUp$` ends the time for cleaning up before `cleanupMs` does; `trace` is the trace that the run is part of. The limits are those of the plan; `operations` and `concurrency` of the options stand in for nothing here.
 *
 * @internal
 */
export function runCompiled(
  compiled: CompiledPlan,
  options: Omit<RunOptions, 'operations' | 'concurrency'> = {},
  { endCleanUp$, trace }: { readonly endCleanUp$?: Observable<unknown>; readonly trace?: TraceContext | undefined } = {},
): Run {
  checkRunOptions('runCompiled', options)
  const batch = planBatch(compiled)
  return runOf((reader) => execute(batch, options, { ...reader, endCleanUp$, trace }))
}
