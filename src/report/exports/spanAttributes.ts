import { runMs, waitedMs } from '../picture/times.js'
import type { PicturedOperation, PicturedState } from '../picture/picture.js'

/** SpanAttributes of a span by name; what is undefined is left out. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>

/** The same as OTLP has them: each value says of which kind it is. */
export function attributesOf(values: SpanAttributes): readonly object[] {
  return Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: valueOfAttribute(value) }]))
}

function valueOfAttribute(value: string | number | boolean): object {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}

const results: Readonly<Record<PicturedState, string | undefined>> = {
  succeeded: 'success',
  failed: 'failure',
  skipped: 'skip',
  cancelled: 'cancellation',
  waiting: undefined,
  ready: undefined,
  running: undefined,
  retrying: undefined,
}

/** By the conventions for pipelines (`cicd.*`), for models (`gen_ai.*`) and for tools (`mcp.*`), and what they have no name for. */
export function operationAttributes(operation: PicturedOperation, lastAt: number, runOfTask: string): SpanAttributes {
  const { id, type, state, attempts, weight, error, note, blocked, usage } = operation
  return {
    'cicd.pipeline.task.name': id,
    'cicd.pipeline.task.run.id': runOfTask,
    'cicd.pipeline.task.run.result': error?.type === 'timeout' ? 'timeout' : results[state],
    'error.type': error?.type,
    ...agentAttributes(type, usage),
    ...toolAttributes(type),
    'millrace.operation.type': type === '' ? undefined : type,
    'millrace.attempts': attempts.length,
    'millrace.duration_ms': runMs(operation, lastAt),
    'millrace.waited_ms': waitedMs(operation, lastAt),
    'millrace.weight': weight === 1 ? undefined : weight,
    'millrace.note': note,
    'millrace.blocked': blocked === 0 ? undefined : blocked,
    'millrace.slot': attempts[0]?.lanes[0] === undefined ? undefined : attempts[0].lanes[0] + 1,
  }
}

function agentAttributes(type: string, usage: PicturedOperation['usage']): SpanAttributes {
  if (type !== 'agent.run' && usage === undefined) return {}
  return {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.usage.input_tokens': usage?.inputTokens,
    'gen_ai.usage.output_tokens': usage?.outputTokens,
    'millrace.cost_usd': usage?.costUsd,
  }
}

/** `tool.<server>.<tool>`. */
function toolAttributes(type: string): SpanAttributes {
  const [, server, tool] = /^tool\.([^.]+)\.(.+)$/.exec(type) ?? []
  return server === undefined ? {} : { 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': tool, 'millrace.tool.server': server }
}
