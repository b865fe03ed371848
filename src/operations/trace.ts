import { traceContextOf, type TraceContext } from '../model/text/traceIds.js'
import type { AttemptContext } from '../model/work.js'

/** The trace that this process is part of. */
export function traceOfProcess(): TraceContext | undefined {
  return traceContextOf(process.env['TRACEPARENT'], process.env['TRACESTATE'])
}

/** The trace that an attempt hands on: that of its run, or that of this process. */
export function traceOf({ trace }: Pick<AttemptContext, 'trace'>): TraceContext | undefined {
  return trace ?? traceOfProcess()
}

/** The environment of this process, as a program of this attempt has it: with the trace of its run, if that has one of its own. */
export function tracedEnvironment({ trace }: Pick<AttemptContext, 'trace'>): NodeJS.ProcessEnv {
  const env = { ...process.env }
  if (trace === undefined) return env
  // The state of another trace says nothing of this one.
  delete env['TRACESTATE']
  return { ...env, TRACEPARENT: trace.traceparent, ...(trace.tracestate !== undefined && { TRACESTATE: trace.tracestate }) }
}
