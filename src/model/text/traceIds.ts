import { textHash } from './textHash.js'

/** Where a run stands in a trace: of W3C Trace Context, the trace and the span it is part of. */
export interface TraceParent {
  readonly traceId: string
  readonly spanId: string
  readonly flags: string
}

/** The trace that a run is part of, in the two texts of W3C Trace Context: what it hands on to the programs and servers that it calls. */
export interface TraceContext {
  readonly traceparent: string
  readonly tracestate?: string
}

/** Reads a `traceparent` header; undefined for what is none, or one that says nothing (all zeros). */
export function traceParentOf(text: string | undefined): TraceParent | undefined {
  const [, version, traceId, spanId, flags, more] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(text?.trim() ?? '') ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined
  // Only a later version may have more parts.
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined
  return /[1-9a-f]/.test(traceId) && /[1-9a-f]/.test(spanId) ? { traceId, spanId, flags } : undefined
}

/** The context in two texts that came from outside; undefined without a valid `traceparent`, for `tracestate` means nothing alone. */
export function traceContextOf(traceparent: unknown, tracestate: unknown): TraceContext | undefined {
  const parent = typeof traceparent === 'string' ? traceParentOf(traceparent) : undefined
  if (parent === undefined) return undefined
  const { traceId, spanId, flags } = parent
  // Written anew, in the version that is known here: what a later one added must not go on under a number of this one.
  const own = { traceparent: `00-${traceId}-${spanId}-${flags}` }
  const state = typeof tracestate === 'string' ? tracestate.trim() : ''
  // It becomes a header and a variable: no control characters, and not endless.
  return /^[\x20-\x7e]{1,512}$/.test(state) ? { ...own, tracestate: state } : own
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
