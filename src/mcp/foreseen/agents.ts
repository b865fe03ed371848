import { isPlainObject, own } from '../../model/codec/plainObject.js'
import { quoteText } from '../../model/fault/quote.js'
import type { Foresee } from './foreseen.js'

/** Tasks in words, written out in a plan, for agents that nobody answers for. `runners` are the kinds that have a runner. */
export function agentsAhead(runners: ReadonlySet<string>): Foresee {
  return (name, params) => {
    switch (name) {
      case 'agent.run': {
        const agent = own(params, 'agent')
        const unanswered = typeof own(params, 'task') === 'string' && typeof agent === 'string' && !runners.has(agent)
        return unanswered
          ? [{ field: 'task', text: `the kind ${quoteText(agent)} has no runner for a task in words. ${wayOut(runners)}` }]
          : []
      }
      case 'swarm.assign':
        return typeof own(params, 'task') === 'string' && runners.size === 0 ? [{ field: 'task', text: noRunners(runners) }] : []
      case 'swarm.coordinate': {
        const tasks = own(params, 'tasks')
        const words =
          Array.isArray(tasks) &&
          tasks.some((task: unknown) => typeof task === 'string' || (isPlainObject(task) && typeof own(task, 'task') === 'string'))
        return words && runners.size === 0 ? [{ field: 'tasks', text: noRunners(runners) }] : []
      }
      default:
        return []
    }
  }
}

function noRunners(runners: ReadonlySet<string>): string {
  return `no kind of agents has a runner for tasks in words. ${wayOut(runners)}`
}

function wayOut(runners: ReadonlySet<string>): string {
  const others = runners.size === 0 ? '' : ` ask one of ${[...runners].join(', ')},`
  return `Give it an operation such as {"type":"file","operation":"read","params":{"path":"a.txt"}},${others} or have a runner added under "agents" in the file given with --config.`
}
