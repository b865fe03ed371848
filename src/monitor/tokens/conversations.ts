import { answerMessage, callMessage, valueText, type Answer } from './messages.js'
import { idsReferred, resolvedParams } from './resolvedParams.js'
import { chosenIds, levelsOf, type TokenOperation, type TokenPlan } from './tokenPlan.js'

/** The ways to do the same operations. */
export type TokenRow = 'sequential' | 'level-parallel' | 'batch, all results' | 'batch, chosen results'

/** Whether results reach the model as text alone, or as text and structured content. */
export type TokenForm = 'text' | 'text and structured'

/** One request after another: what the model writes, and what comes back. */
export interface Exchange {
  readonly calls: string
  readonly answers: string
}

/** How a batch answers: the values asked for, and how many operations there were. */
export type BatchAnswer = (
  values: readonly { readonly id: string; readonly value: unknown }[],
  operations: number,
) => { readonly text: string; readonly structured: unknown }

/** A line that counts, and one for each value. */
export const plainBatchAnswer: BatchAnswer = (values, operations) => ({
  text: [`${operations} of ${operations} succeeded.`, ...values.map(({ id, value }) => `${id}: ${valueText(value)}`)].join('\n'),
  structured: { ok: true, succeeded: operations, values: Object.fromEntries(values.map(({ id, value }) => [id, value ?? null])) },
})

/** The messages that really go to and fro for one way of doing the operations of a plan. */
export function exchangesOf(row: TokenRow, form: TokenForm, plan: TokenPlan, batchAnswer: BatchAnswer): readonly Exchange[] {
  switch (row) {
    case 'sequential':
      return singleCalls(
        plan.operations.map((operation) => [operation]),
        form,
        plan,
      )
    case 'level-parallel':
      return singleCalls(levelsOf(plan.operations), form, plan)
    case 'batch, all results':
      return [batchCall(plan, form, batchAnswer, undefined)]
    case 'batch, chosen results':
      return [batchCall(plan, form, batchAnswer, chosenIds(plan))]
  }
}

/** One message for each group, a call for each operation, parameters written out: a model that makes single calls has no references. */
function singleCalls(groups: readonly (readonly TokenOperation[])[], form: TokenForm, plan: TokenPlan): readonly Exchange[] {
  const values = valuesOf(plan)
  let made = 0
  return groups.map((group) => {
    const called = group.map((operation) => ({ operation, id: `c${++made}` }))
    return {
      calls: callMessage(called.map(({ id, operation: { name, params } }) => ({ id, tool: name, input: resolvedParams(params, values) }))),
      answers: answerMessage(called.map(({ id, operation: { value } }) => answerIn(form, id, valueText(value), value ?? null))),
    }
  })
}

function valuesOf({ operations }: TokenPlan): ReadonlyMap<string, unknown> {
  return new Map(operations.map(({ id, value }) => [id, value]))
}

function batchCall(tokenPlan: TokenPlan, form: TokenForm, batchAnswer: BatchAnswer, returns: ReadonlySet<string> | undefined): Exchange {
  const { operations } = tokenPlan
  const values = valuesOf(tokenPlan)
  const plan = {
    operations: operations.map(({ id, name, params, dependencies }) => {
      const dot = name.indexOf('.')
      // A reference is a dependency: nobody writes both.
      const referred = idsReferred(params, values)
      const others = dependencies.filter((dependency) => !referred.has(dependency))
      return { id, type: name.slice(0, dot), operation: name.slice(dot + 1), params, ...(others.length > 0 && { dependencies: others }) }
    }),
    ...(returns !== undefined && { returns: [...returns] }),
  }
  const given = operations.filter(({ id }) => returns === undefined || returns.has(id))
  const { text, structured } = batchAnswer(given, operations.length)
  return {
    calls: callMessage([{ id: 'c1', tool: 'batch_execute', input: plan }]),
    answers: answerMessage([answerIn(form, 'c1', text, structured)]),
  }
}

function answerIn(form: TokenForm, id: string, text: string, structured: unknown): Answer {
  return form === 'text' ? { id, text } : { id, text, structured }
}
