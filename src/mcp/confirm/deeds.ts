import { isPlainObject, own, type PlainObject } from '../../model/codec/plainObject.js'
import { notYetKnown } from '../../model/effects.js'

/** What an operation does: itself, or by an agent that it sets to work. Of one that only the run will know, everything has to be expected. */
export type Deed = { readonly type: 'known'; readonly name: string; readonly params: PlainObject } | { readonly type: 'unknown' }

const unknown: Deed = { type: 'unknown' }

/** All that an operation does, as far as its params are known: those that are not are `notYetKnown`. */
export function deedsOf(name: string, params: PlainObject): readonly Deed[] {
  const itself: Deed = { type: 'known', name, params }
  switch (name) {
    case 'project.init':
      return own(params, 'dryRun') === true ? [] : [itself]
    case 'agent.run':
      // A task in words is this operation itself.
      return [itself, ...taskDeeds(own(params, 'task'), () => []), ...checkDeeds(own(params, 'accept'))]
    case 'swarm.assign':
      return [itself, ...taskDeeds(own(params, 'task'), inWords), ...checkDeeds(own(params, 'accept'))]
    case 'swarm.coordinate': {
      const tasks = own(params, 'tasks')
      const deeds = Array.isArray(tasks) ? tasks.flatMap((task: unknown) => itemDeeds(task)) : [unknown]
      return [itself, ...deeds, ...checkDeeds(own(params, 'accept'))]
    }
    default:
      return [itself]
  }
}

/** Which kind of agent of a swarm gets a task is decided in the run. */
function inWords(task: string): readonly Deed[] {
  return [{ type: 'known', name: 'agent.run', params: { agent: notYetKnown, task } }]
}

/** A task of `coordinate`, which may stand with what holds for it alone. */
function itemDeeds(item: unknown): readonly Deed[] {
  if (!isPlainObject(item) || own(item, 'task') === undefined) return taskDeeds(item, inWords)
  return [...taskDeeds(own(item, 'task'), inWords), ...checkDeeds(own(item, 'accept'))]
}

function taskDeeds(task: unknown, words: (task: string) => readonly Deed[]): readonly Deed[] {
  if (typeof task === 'string') return words(task)
  if (!isPlainObject(task)) return [unknown]
  const [type, operation, params] = [own(task, 'type'), own(task, 'operation'), own(task, 'params')]
  if (typeof type !== 'string' || typeof operation !== 'string') return [unknown]
  return deedsOf(`${type}.${operation}`, isPlainObject(params) ? params : {})
}

function checkDeeds(accept: unknown): readonly Deed[] {
  if (accept === undefined) return []
  const operations = isPlainObject(accept) ? own(accept, 'operations') : undefined
  return Array.isArray(operations) ? operations.flatMap((operation: unknown) => taskDeeds(operation, inWords)) : [unknown]
}
