import { join } from 'node:path'
import type { OperationError } from '../../../src/model/operationError.js'
import type { TraceContext } from '../../../src/model/text/traceIds.js'
import type { RunnerLimits } from '../../../src/operations/agent/runners/runnerLimits.js'
import type { ProcessRunner } from '../../../src/operations/agent/runner.js'
import { runProcess } from '../../../src/operations/agent/runners/runProcess.js'
import { operationErrorOf } from '../../../src/model/operationError.js'
import { attemptContext } from '../../support/attemptContext.js'

const here = process.cwd()
export const fakeAgent = join(here, 'spec/operations/agent/fakeAgent.mjs')

export const fakeRunner: ProcessRunner = { type: 'process', command: [process.execPath, fakeAgent], format: 'ndjson' }

const limits: RunnerLimits = { graceMs: 150, lingerMs: 150, maxOutputBytes: 1_000_000, maxLineLength: 200_000 }

/** What one task by an agent program came to, and all it told. */
export interface AgentEnd {
  readonly value: unknown
  readonly error: OperationError | undefined
  readonly told: string
  readonly stderr: string
  readonly progresses: readonly unknown[]
  readonly emitted: readonly unknown[]
}

/** Gives a task to an agent program, and aborts the attempt once it has told `abortAt`. */
export async function taskBy(
  task: object | string,
  runner: ProcessRunner = fakeRunner,
  abortAt?: string,
  own: Partial<RunnerLimits> = {},
  trace?: TraceContext,
): Promise<AgentEnd> {
  const controller = new AbortController()
  const context = attemptContext({ signal: controller.signal, trace })
  const output: typeof context.output = (stream, text) => {
    context.outputs.push({ stream, text })
    if (abortAt !== undefined && text.includes(abortAt)) controller.abort()
  }
  const given = {
    text: typeof task === 'string' ? task : JSON.stringify(task),
    agent: 'ada',
    kind: 'coder',
    messages: [],
    turns: [],
    settings: {},
    mayAsk: false,
  }
  const end = await runProcess(runner, given, { ...context, output }, [here], { ...limits, ...own }).then(
    (value) => ({ value, error: undefined }),
    (thrown: unknown) => ({ value: undefined, error: operationErrorOf(thrown) }),
  )
  const textOf = (wanted: string): string => context.outputs.flatMap(({ stream, text }) => (stream === wanted ? [text] : [])).join('')
  return { ...end, told: textOf('stdout'), stderr: textOf('stderr'), progresses: context.progresses, emitted: context.emitted }
}

export const pidIn = (text: string): number => Number(/pid (\d+)/.exec(text)?.[1])
