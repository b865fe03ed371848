import { compilePlan } from '../../../src/graph/compilePlan.js'
import { operationRegistry, type AnyOperationType } from '../../../src/model/operationType.js'
import { anyJson, closed, integer, text } from '../../../src/codec.js'
import type { CompiledPlan } from '../../../src/model/graph.js'
import { aboutRun } from '../../../src/journal/aboutRun.js'
import { decide, type Decision } from '../../../src/journal/resume/decision.js'
import { describeResumeFault } from '../../../src/journal/resume/describeResumeFault.js'
import type { ResumeChoices } from '../../../src/journal/resume/resumeChoices.js'
import type { ResumeFault, ResumeKind } from '../../../src/journal/resume/resumeFault.js'
import type { LoggedState } from '../../../src/journal/resume/runState.js'

const plain = (operation: string, repeatable: boolean, result: AnyOperationType['result'] = anyJson): AnyOperationType => ({
  type: 'spec',
  operation,
  summary: 'Does nothing.',
  params: closed(`the params of spec.${operation}`, {}, { x: anyJson }),
  result,
  repeatable: () => repeatable,
  effects: () => ({}),
  perform: () => 1,
})

const service = { ...plain('once', false), params: closed('the params of a service', {}, { x: anyJson, ready: anyJson }) }
const type = (...of: Parameters<typeof plain>): AnyOperationType => ({ ...plain(...of), service })

/** `spec.safe` may be done twice, `spec.once` may not; `spec.made` may not either, and has a result of a known form. */
export const operations = operationRegistry([
  type('safe', true),
  type('once', false),
  type('made', false, closed('what was made', { path: text(), bytes: integer() }, { mode: integer() })),
])

export function compiled(plan: unknown): CompiledPlan {
  const made = compilePlan(plan, operations)
  if (made._tag === 'Left') throw new Error(JSON.stringify(made.left))
  return made.right
}

export const safe = (id: string, more: object = {}): object => ({ id, type: 'spec', operation: 'safe', ...more })
export const made = (id: string, more: object = {}): object => ({ id, type: 'spec', operation: 'made', ...more })
export const once = (id: string, more: object = {}): object => ({ id, type: 'spec', operation: 'once', ...more })

export const serving = (id: string, more: object = {}): object => once(id, { service: true, ready: { port: 1 }, ...more })

export const succeeded = (value: unknown = 1, more: object = {}): LoggedState => ({ type: 'succeeded', value, from: 'old', ...more })
export const failed: LoggedState = { type: 'failed', error: { type: 'thrown', message: 'no', retryable: false }, from: 'old' }
export const open: LoggedState = { type: 'open', attempt: 2 }
export const cancelled = (attempts = 0): LoggedState => ({ type: 'cancelled', attempts })
export const skipped = (reason: 'dependency' | 'gate' | 'policy'): LoggedState => ({ type: 'skipped', reason })

export interface Case {
  /** Of the run that is resumed. */
  readonly plan: readonly unknown[]
  readonly log: Readonly<Record<string, LoggedState>>
  readonly kind?: ResumeKind
  readonly choices?: ResumeChoices
  /** If it is another one now. */
  readonly now?: readonly unknown[]
  readonly onFailure?: string
  readonly finished?: boolean
}

export type Decided = { readonly decision: Decision } | { readonly faults: readonly ResumeFault[]; readonly texts: readonly string[] }

export function decided({ plan, log, kind = 'resume', choices = {}, now = plan, onFailure = 'continue', finished = false }: Case): Decided {
  const about = aboutRun(compiled({ operations: plan, onFailure }))
  const state = { runId: 'old', folder: 'old', about, operations: new Map(Object.entries(log)), finished, programs: [] }
  const made = decide(compiled({ operations: now, onFailure }), state, kind, choices)
  if (made._tag === 'Right') return { decision: made.right }
  return { faults: made.left, texts: made.left.map((fault) => describeResumeFault(fault, 'command-line')) }
}
