// operations/agent: one task for one agent, done by its runner or, for an operation, by the agent itself.
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { anyJson, oneOf } from '../../model/codec/values.js'
import type { AnyOperationType, OperationRegistry, OperationType } from '../../model/operationType.js'
import { causedBy } from './causedBy.js'
import { childId } from './childId.js'
import { giveTask } from './giveTask.js'
import { demand } from './mayDo.js'
import { prepareAccept, prepareTask } from './prepareTask.js'
import { taskEffects, tasksWithChecks } from './taskEffects.js'
import { Accept, ConversationTurns, Task } from './taskCodec.js'
import { valueGiven } from './valueGiven.js'
import type { Workplace } from './workplace.js'

/** One of the kinds there are: another is a fault of the plan. */
export function kindCodec({ kinds }: Workplace) {
  const [first, ...others] = kinds.keys()
  if (first === undefined) throw new TypeError('There must be at least one kind of agents.')
  return described(oneOf(first, ...others), 'What kind of agent.')
}

/** The operations of type `agent`. `registry` gives those an agent can be asked to perform. */
export function agentOperations(place: Workplace, registry: () => OperationRegistry): readonly [AnyOperationType] {
  const Params = closed(
    'the params of agent.run',
    { agent: kindCodec(place), task: described(Task, 'An operation, or a task in words for a kind with a runner.') },
    {
      accept: described(Accept, 'Operations that must succeed on its work: tests, a linter. A failure goes back to the agent.'),
      conversation: described(ConversationTurns, 'The earlier turns, to answer an agent that asked a question.'),
    },
  )
  const run: OperationType<t.TypeOf<typeof Params>, unknown> = {
    type: 'agent',
    operation: 'run',
    summary: 'Has one agent do one task.',
    params: Params,
    result: anyJson,
    coordinates: true,
    effects: ({ task, accept }) => taskEffects(tasksWithChecks(task, accept), registry(), place),
    async perform({ agent, task, accept, conversation }, context) {
      const kind = place.kinds.get(agent)! // The codec knows no others.
      const prepared = prepareTask(task, registry(), ['params', 'task'])
      demand(prepared, agent, kind)
      const checks = accept && prepareAccept(accept, registry(), ['params', 'accept'])
      const assignment = { id: childId(context, agent), task: prepared, kind, agent, accept: checks, before: conversation }
      const outcome = causedBy(assignment, await giveTask(context, assignment, place))
      return valueGiven(outcome, agent)
    },
  }
  return [run]
}
