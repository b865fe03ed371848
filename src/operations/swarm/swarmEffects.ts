import { createHash } from 'node:crypto'
import { notYetKnown, type Effects, type NotYetKnown, type Touch } from '../../model/effects.js'
import { defaultName } from './params.js'

/** A swarm as a plan names it. */
export type Asked = string | NotYetKnown | undefined

/** Any swarm: for a name that is not known before the run. */
const somewhere: Touch = { resource: 'swarm:', orderOnly: true }

/**
 * How operations on a swarm touch it, so that they run in the right order in one batch without being told:
 *
 *     swarm:NAME               all of it: init and terminate write, status reads
 *     swarm:NAME/is            its being there: init writes, all others read, and so need its success
 *     swarm:NAME/agents/…      who is in it: spawns write, each in a place of its own; all that use agents read
 *     swarm:NAME/work/…        what agents do, a place for each agent or task: unordered, as long as they differ
 *     swarm:NAME/mail          messages keep their order
 */
const at = (swarm: Asked, ...below: readonly string[]): Touch =>
  swarm === notYetKnown ? somewhere : { resource: ['swarm:', swarm ?? defaultName, ...below].join('/').replace(':/', ':') }

export function initEffects(name: Asked): Effects {
  return { writes: [at(name, 'is'), at(name, 'agents')] }
}

/** Spawns of one type keep their order, by which their agents are numbered; named ones and other types need not wait. */
export function spawnEffects(swarm: Asked, type: Asked, name: Asked): Effects {
  const own = name === notYetKnown || type === notYetKnown ? [] : [name ?? type ?? '']
  return { reads: [at(swarm, 'is')], writes: [at(swarm, 'agents', ...own)] }
}

/** Work for one agent keeps its order; work for whoever is free only that of equal tasks. */
export function workEffects(swarm: Asked, agent: Asked, tasks: unknown): Effects {
  const named = typeof agent === 'string' ? [at(swarm, 'agents', agent)] : []
  const own = typeof agent === 'string' ? agent : hash(tasks)
  return { reads: [at(swarm, 'is'), at(swarm, 'agents'), ...named], writes: [at(swarm, 'work', own)] }
}

export function messageEffects(swarm: Asked): Effects {
  return { reads: [at(swarm, 'is'), at(swarm, 'agents')], writes: [at(swarm, 'mail')] }
}

export function statusEffects(swarm: Asked): Effects {
  return { reads: [at(swarm), at(swarm, 'is')] }
}

export function terminateEffects(swarm: Asked): Effects {
  return { writes: [at(swarm)] }
}

export function together(...all: readonly Effects[]): Effects {
  const follows = all.flatMap((effects) => effects.follows ?? [])
  return {
    reads: all.flatMap(({ reads = [] }) => reads),
    writes: all.flatMap(({ writes = [] }) => writes),
    ...(follows.length > 0 && { follows }),
  }
}

function hash(value: unknown): string {
  const text = value === notYetKnown ? '' : (JSON.stringify(value) ?? '')
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
