import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { anyJson } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import { childId } from '../agent/childId.js'
import { prepareAccept, prepareTask } from '../agent/prepareTask.js'
import { Accept, Task } from '../agent/taskCodec.js'
import { taskEffects, tasksWithChecks } from '../agent/taskEffects.js'
import { valueGiven } from '../agent/valueGiven.js'
import { assignTo, demandIn } from './assignTo.js'
import { Name, swarmField } from './params.js'
import type { Surroundings } from './surroundings.js'
import { together, workEffects } from './swarmEffects.js'
import { waiters } from './members/waiters.js'

const Params = closed(
  'the params of swarm.assign',
  { task: described(Task, 'An operation, or a task in words for a kind with a runner.') },
  {
    swarm: swarmField,
    agent: described(Name, 'The agent that does it. Default: the topology decides.'),
    accept: described(Accept, 'Operations that must succeed on its work: tests, a linter. A failure goes back to the agent.'),
  },
)

/** `swarm.assign`: has one agent do one task, and gives what the agent gave. */
export function assign({ place, registry, find, placeOf }: Surroundings): OperationType<t.TypeOf<typeof Params>, unknown> {
  return {
    type: 'swarm',
    operation: 'assign',
    summary: 'Has an agent of a swarm do a task.',
    params: Params,
    result: anyJson,
    coordinates: true,
    effects: ({ swarm, agent, task, accept }) =>
      together(workEffects(placeOf(swarm), agent, task), taskEffects(tasksWithChecks(task, accept), registry(), place)),
    async perform({ swarm: asked, agent: name, task: written, accept: checks }, context) {
      const swarm = find(asked)
      const task = prepareTask(written, registry(), ['params', 'task'])
      const accept = checks && prepareAccept(checks, registry(), ['params', 'accept'])
      const named = name === undefined ? undefined : swarm.agentNamed(name, 'agent')
      demandIn(swarm, task, named)
      const { agent, outcome } = await assignTo(
        swarm,
        { id: childId(context, named?.name ?? 'task'), task, agent: named, accept },
        { context, place, untilAbort: waiters(context.signal) },
      )
      return valueGiven(outcome, agent.name)
    },
  }
}
