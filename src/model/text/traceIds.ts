import { textHash } from './textHash.js'

/** Where a run stands in a trace: of W3C Trace Context, the trace and the span it is part of. */
export interface TraceParent {
  readonly traceId: string
  readonly spanId: string
  readonly flags: string
}

/** Reads a `traceparent` header; undefined for what is none, or one that says nothing (all zeros). */
export function traceParentOf(text: string | undefined): TraceParent | undefined {
  const [, version, traceId, spanId, flags] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/.exec(text?.trim() ?? '') ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined || version === 'ff') return undefined
  return /[1-9a-f]/.test(traceId) && /[1-9a-f]/.test(spanId) ? { traceId, spanId, flags } : undefined
}

/** The trace of a run that is part of none. */
export function traceIdOf(runId: string): string {
  return textHash(`trace ${runId}`) + textHash(`of run ${runId}`)
}

/** The span of a run; the same run has the same, wherever it is asked for. */
export function spanIdOfRun(runId: string): string {
  return textHash(`run ${runId}`)
}

export function spanIdOf(runId: string, operation: string): string {
  return textHash(`operation ${runId} ${operation}`)
}
