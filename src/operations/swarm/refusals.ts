import { OperationFailure, type OperationError } from '../../model/operationError.js'
import { nearest } from '../../model/fault/nearest.js'
import { quoteText } from '../../model/fault/quote.js'
import type { PreparedTask } from '../agent/preparedTask.js'

const listed = 12

function list(names: readonly string[]): string {
  const shown = names.slice(0, listed).map(quoteText).join(', ')
  return names.length <= listed ? shown : `${shown} and ${names.length - listed} more`
}

export function noSwarm(asked: string, live: readonly string[]): OperationFailure {
  const there = live.length === 0 ? 'There is none at the moment' : `There are ${list(live)}`
  const message = `swarm: no swarm is called ${quoteText(asked)}. ${there}. Make one with swarm init, or give the name or id of another.`
  return new OperationFailure({ type: 'not-found', message, retryable: false, what: asked })
}

export function tooManySwarms(limit: number): OperationFailure {
  const message = `There are already ${limit} swarms, which is the most. Terminate one that is no longer needed.`
  return new OperationFailure({ type: 'not-allowed', message, retryable: true, what: 'swarm.init' })
}

export function tooManyAgents(swarm: string, there: number, asked: number, limit: number): OperationFailure {
  const more = asked === 1 ? 'one more' : `${asked} more`
  const message =
    `The swarm ${quoteText(swarm)} has ${there} of at most ${limit} agents, and ${more} cannot be spawned. ` +
    `Make the swarm with a greater maxAgents, or spawn fewer.`
  return new OperationFailure({ type: 'not-allowed', message, retryable: false, what: 'swarm.spawn' })
}

export function nameTaken(swarm: string, name: string): OperationFailure {
  const message = `name: an agent of the swarm ${quoteText(swarm)} is already called ${quoteText(name)}. Give another name, or none.`
  return new OperationFailure({ type: 'not-allowed', message, retryable: false, what: name })
}

export function noAgent(field: string, swarm: string, asked: string, names: readonly string[]): OperationFailure {
  const near = nearest(asked, names.slice(0, 1_000))
  const meant = near === undefined ? '' : ` Did you mean ${quoteText(near)}?`
  const there = names.length === 0 ? 'It has none yet: spawn one' : `It has ${list(names)}`
  const message = `${field}: no agent of the swarm ${quoteText(swarm)} is called ${quoteText(asked)}.${meant} ${there}.`
  return new OperationFailure({ type: 'not-found', message, retryable: false, what: asked })
}

export function nobodyMay(swarm: string, task: PreparedTask, kinds: readonly string[]): OperationFailure {
  const there = kinds.length === 0 ? 'it has no agents: spawn one' : `it has agents of kind ${list(kinds)}`
  if (task.type === 'operation') {
    const message =
      `No agent of the swarm ${quoteText(swarm)} is allowed to perform ${quoteText(task.name)}; ${there}. ` +
      `Spawn one of a kind that is, or allow it in the config (agents, allow).`
    return new OperationFailure({ type: 'not-allowed', message, retryable: false, what: task.name })
  }
  const message =
    `No agent of the swarm ${quoteText(swarm)} has a runner, which a task given in words needs; ${there}. Give the task as an operation, ` +
    `or add a runner to the config (--config FILE), such as "agents": {"coder": {"runner": {"preset": "claude"}}}.`
  return new OperationFailure({ type: 'agent-error', message, retryable: false, agent: swarm })
}

export function noEdge(swarm: string, topology: string, from: string, to: string, reachable: readonly string[]): OperationFailure {
  const can = reachable.length === 0 ? 'It can write to no agent' : `It can write to ${list(reachable)}`
  const message =
    `to: in the swarm ${quoteText(swarm)} (${topology}) there is no edge from ${quoteText(from)} to ${quoteText(to)}; nothing was delivered. ` +
    `${can}.`
  return new OperationFailure({ type: 'not-allowed', message, retryable: false, what: to })
}

export function mailboxFull(swarm: string, full: readonly string[], limit: number): OperationFailure {
  const whose = full.length === 1 ? `The mailbox of ${list(full)}` : `The mailboxes of ${list(full)}`
  const holds = full.length === 1 ? 'holds' : 'hold'
  const message =
    `${whose} in the swarm ${quoteText(swarm)} ${holds} ${limit} messages, which is the most; nothing was delivered. ` +
    `An agent takes its messages with its next task in words.`
  return new OperationFailure({ type: 'buffer-full', message, retryable: true, limit })
}

export function terminated(swarm: string, agent: string): OperationError {
  const message = `The swarm ${quoteText(swarm)} was terminated before ${quoteText(agent)} had done this task.`
  return { type: 'agent-error', message, retryable: false, agent }
}

export function cancelled(agent: string): OperationError {
  const message = `The task for ${quoteText(agent)} was cancelled before it had begun.`
  return { type: 'agent-error', message, retryable: false, agent }
}
