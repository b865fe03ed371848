import { setMaxListeners } from 'node:events'
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { anyOf, array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { anyJson, oneOf, text, integer } from '../../model/codec/values.js'
import { notYetKnown } from '../../model/effects.js'
import { longestDelayMs } from '../../model/limits.js'
import { OperationFailure } from '../../model/operationError.js'
import type { OperationType } from '../../model/operationType.js'
import type { Outcome } from '../../model/outcome.js'
import { RetryPolicy } from '../../model/plan.js'
import { quoteText } from '../../model/fault/quote.js'
import { childId } from '../agent/childId.js'
import { prepareAccept, prepareTask } from '../agent/prepareTask.js'
import { Accept, Task } from '../agent/taskCodec.js'
import { taskEffects } from '../agent/taskEffects.js'
import type { Agent } from './members/agent.js'
import { assignTo, demandIn, type Assigning, type SwarmTask } from './assignTo.js'
import { Name, swarmField } from './params.js'
import type { Surroundings } from './surroundings.js'
import type { Swarm } from './swarm.js'
import { together, workEffects } from './swarmEffects.js'
import { waiters } from './members/waiters.js'

const limits = {
  timeoutMs: described(integer({ minimum: 1, maximum: longestDelayMs }), 'Longest time for one attempt at a task, in ms.'),
  retry: described(RetryPolicy, 'How often a failed task is tried again.'),
}

/** A task with what holds for it alone. */
const DetailedTask = closed(
  'a task with details',
  { task: Task },
  { agent: Name, ...limits, accept: described(Accept, 'Operations that must succeed on its work. Default: those of the whole operation.') },
)

// The form with details comes first: what has a field `task` is one.
const Item = Object.assign(anyOf(DetailedTask, Task), { name: `${Task.name}, or {"task": …} with agent, timeoutMs or retry` })
type Item = t.TypeOf<typeof Item>

const Params = closed(
  'the params of swarm.coordinate',
  { tasks: described(array(Item, { minItems: 1, maxItems: 100_000 }), 'The tasks to do.') },
  {
    swarm: swarmField,
    strategy: described(oneOf('parallel', 'sequential'), 'As agents become free, or one after the other. Default: parallel.'),
    onTaskFailure: described(
      oneOf('fail', 'keep'),
      'Whether a failed task fails the operation, or the operation succeeds with all outcomes. Default: fail.',
    ),
    accept: described(Accept, 'Operations that must succeed on the work of each task: tests, a linter. A failure goes back to its agent.'),
    ...limits,
  },
)

const TaskOutcome = closed(
  'the outcome of a task',
  { type: oneOf('succeeded', 'failed', 'cancelled', 'not-begun'), agent: text() },
  { value: anyJson, error: described(anyJson, 'Its error, with type and message.') },
)

const Result = closed(
  'the result of swarm.coordinate',
  { results: described(array(TaskOutcome), 'The outcome of each task, in the order of the tasks.') },
  {},
)
type Results = t.TypeOf<typeof Result>['results']

type Done = { readonly agent: Agent; readonly outcome: Outcome }

/**
 * `swarm.coordinate`: spreads tasks over the agents of a swarm, and gives the outcome of each.
 *
 * A task that fails fails this operation too, unless `onTaskFailure` is `keep`.
 */
export function coordinate({
  place,
  registry,
  find,
  placeOf,
}: Surroundings): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return {
    type: 'swarm',
    operation: 'coordinate',
    summary: 'Spreads tasks over the agents of a swarm.',
    params: Params,
    result: Result,
    coordinates: true,
    effects: ({ swarm, tasks, accept }) =>
      together(
        workEffects(placeOf(swarm), undefined, tasks),
        taskEffects(tasks === notYetKnown || accept === notYetKnown ? notYetKnown : tasksOf(tasks, accept), registry(), place),
      ),
    async perform({ swarm: asked, tasks: items, strategy = 'parallel', onTaskFailure = 'fail', accept, timeoutMs, retry }, context) {
      const swarm = find(asked)
      // One listener for each program that waits for another to end: more than ten are no leak here.
      setMaxListeners(0, context.signal)
      // All of them before the first begins: a plan that is half done because of a slip in its last task helps nobody.
      const tasks = items.map((item, index): SwarmTask => {
        const { task: written, agent: name, ...own } = details(item)
        const task = prepareTask(written, registry(), ['params', 'tasks', index])
        const agent = name === undefined ? undefined : swarm.agentNamed(name, `tasks[${index}].agent`)
        demandIn(swarm, task, agent)
        const checks = own.accept ?? accept
        return {
          id: childId(context, index),
          task,
          agent,
          timeoutMs: own.timeoutMs ?? timeoutMs,
          retry: own.retry ?? retry,
          accept: checks && prepareAccept(checks, registry(), ['params', 'tasks', index, 'accept']),
        }
      })
      const done = await (strategy === 'parallel' ? inParallel : inOrder)(swarm, tasks, {
        context,
        place,
        untilAbort: waiters(context.signal),
      })
      if (onTaskFailure === 'fail') demandSuccess(tasks, done)
      return { results: tasks.map((_, index) => outcomeOf(done[index])) }
    },
  }
}

/** All that agents may be asked to do, and all checks. */
function tasksOf(items: readonly Item[], accept: Accept | undefined): readonly Task[] {
  const each = items.map(details)
  return [...each.map(({ task }) => task), ...[accept, ...each.map((item) => item.accept)].flatMap((checks) => checks?.operations ?? [])]
}

function details(item: Item): t.TypeOf<typeof DetailedTask> {
  return typeof item === 'string' || !('task' in item) ? { task: item as Task } : item
}

/** As many at once as there are agents, so that each next task finds the one that is free by then. */
async function inParallel(swarm: Swarm, tasks: readonly SwarmTask[], assigning: Assigning): Promise<readonly Done[]> {
  const results: Done[] = []
  let next = 0
  let ended = 0
  const work = async (): Promise<void> => {
    for (let index = next++; index < tasks.length; index = next++) {
      results[index] = await assignTo(swarm, tasks[index]!, assigning)
      assigning.context.progress(++ended / tasks.length)
    }
  }
  await Promise.all(Array.from({ length: Math.min(tasks.length, swarm.agents.length) }, work))
  return results
}

/** One after the other, until one fails. */
async function inOrder(swarm: Swarm, tasks: readonly SwarmTask[], assigning: Assigning): Promise<readonly Done[]> {
  const results: Done[] = []
  for (const task of tasks) {
    const result = await assignTo(swarm, task, assigning)
    results.push(result)
    if (result.outcome.type !== 'succeeded') break
    assigning.context.progress(results.length / tasks.length)
  }
  return results
}

function outcomeOf(done: Done | undefined): Results[number] {
  if (done === undefined) return { type: 'not-begun', agent: '' }
  const { agent, outcome } = done
  switch (outcome.type) {
    case 'succeeded':
      // A task may give nothing at all, which JSON cannot say.
      return { type: 'succeeded', agent: agent.name, value: outcome.value ?? null }
    case 'failed':
      return { type: 'failed', agent: agent.name, error: { type: outcome.error.type, message: outcome.error.message } }
    case 'skipped':
    case 'cancelled':
      return { type: 'cancelled', agent: agent.name }
  }
}

function demandSuccess(tasks: readonly SwarmTask[], results: readonly Done[]): void {
  const failed = results.flatMap(({ agent, outcome }, index) => (outcome.type === 'succeeded' ? [] : [{ agent, outcome, index }]))
  const [first] = failed
  if (first === undefined) return
  const { agent, outcome, index } = first
  const why = outcome.type === 'failed' ? outcome.error.message : outcome.type
  const left = tasks.length - results.length
  const message =
    `${failed.length} of ${tasks.length} tasks did not succeed${left === 0 ? '' : `, and ${left} were not started`}; ` +
    `the first is ${quoteText(tasks[index]!.id)} of ${quoteText(agent.name)}: ${why}`
  const cause = outcome.type === 'failed' ? outcome.error : undefined
  // A conversation can fail though each of its turns succeeded: then the whole is a cause itself.
  const causes = failed.map((one) => (one.outcome.type === 'failed' ? one.outcome.error.because : undefined))
  const because = causes.every((ids) => ids !== undefined) ? causes.flat() : undefined
  throw new OperationFailure({
    type: 'agent-error',
    message,
    retryable: false,
    agent: agent.name,
    ...(cause && { cause }),
    ...(because && { because }),
  })
}
