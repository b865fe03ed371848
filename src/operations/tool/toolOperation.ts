// operations/tool: tools of downstream MCP servers, one pooled connection a server.
import type { JsonSchemaValidator, Tool } from '@modelcontextprotocol/client'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { record } from '../../model/codec/collections.js'
import type { JsonSchema } from '../../model/codec/jsonSchema.js'
import { anyJson } from '../../model/codec/values.js'
import type { Effects } from '../../model/effects.js'
import type { OperationError } from '../../model/operationError.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { traceOf } from '../trace.js'
import { paramsCodec, type ToolParams } from './paramsCodec.js'
import type { ToolServer } from './server.js'
import { textOfResult, valueCodec, valueOfResult } from './toolValue.js'

/** A tool of a downstream server as an operation type: `tool` with the operation `server.tool`. */
export function toolOperation(server: ToolServer, tool: Tool, validate: JsonSchemaValidator<unknown>): OperationType<ToolParams, unknown> {
  const name = `${server.name}.${tool.name}`
  const { readOnlyHint = false, idempotentHint = false } = tool.annotations ?? {}
  return {
    type: 'tool',
    operation: name,
    summary: tool.description ?? tool.title ?? `The tool ${tool.name} of ${server.name}.`,
    // A server's schemas come as JSON.
    params: paramsCodec(name, tool.inputSchema as JsonSchema, validate),
    result: valueCodec(tool.outputSchema as JsonSchema | undefined),
    readOnly: () => readOnlyHint,
    repeatable: () => readOnlyHint || idempotentHint,
    effects: () => effectsOn(server.name, readOnlyHint),
    perform: (params, context) => perform(server, tool.name, params, context, readOnlyHint || idempotentHint),
  }
}

/** Stands for a tool of a server that could not be asked: the attempt asks again, and says what is wrong if it still is. */
export function unknownTool(server: ToolServer, operation: string): OperationType<ToolParams, unknown> {
  return {
    type: 'tool',
    operation,
    summary: `A tool of ${server.name}, which could not be started.`,
    params: record(anyJson),
    result: valueCodec(undefined),
    effects: () => effectsOn(server.name, false),
    perform: (params, context) => perform(server, operation.slice(server.name.length + 1), params, context, false),
  }
}

/** What a server does to the world nobody else knows: its tools keep their order, but for those that only read. */
function effectsOn(server: string, readOnly: boolean): Effects {
  const touch = [{ resource: `tool:${server}`, orderOnly: true as const }]
  return readOnly ? { reads: touch } : { writes: touch }
}

function perform(
  server: ToolServer,
  tool: string,
  params: ToolParams,
  context: AttemptContext,
  repeatable: boolean,
): TaskEither<OperationError, unknown> {
  const fail = (message: string, cause?: unknown): E.Either<OperationError, unknown> =>
    // Where a call may have had its effect, doing it again is for whoever wrote the plan to decide.
    E.left({ type: 'tool-error', tool: `${server.name}.${tool}`, message, retryable: repeatable, ...(cause !== undefined && { cause }) })
  return () =>
    server
      .call({
        tool,
        args: params,
        trace: traceOf(context),
        signal: context.signal,
        onProcess: ({ pid, startedAt }) => context.process(pid, startedAt),
        onProgress: ({ progress: done, total, message }) =>
          context.progress(total === undefined || total <= 0 ? undefined : Math.min(1, done / total), message),
      })
      .then((result) => {
        if (result.isError !== true) return E.right(valueOfResult(result))
        const reason = textOfResult(result.content)
        return fail(reason === '' ? `${server.name}.${tool} failed and did not say why.` : reason)
      })
      .catch((error: unknown) => fail(error instanceof Error ? error.message : String(error), error))
}
