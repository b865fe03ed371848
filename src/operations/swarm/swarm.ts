// operations/swarm: a bounded set of agents with mailboxes, a topology and tasks.
import { operationErrorOf, type OperationError } from '../../model/operationError.js'
import type { Outcome } from '../../model/outcome.js'
import type { AgentKind } from '../agent/agentKind.js'
import type { PreparedTask } from '../agent/preparedTask.js'
import { mayDo } from '../agent/mayDo.js'
import type { Agent, TaskState } from './members/agent.js'
import { workers } from './members/workers.js'
import { mail, type Mail } from './members/mail.js'
import { cancelled, nameTaken, noAgent, nobodyMay, terminated, tooManyAgents } from './refusals.js'
import type { Topology } from './topology/topology.js'
import { waiters, type Waiters } from './members/waiters.js'

/** How the work of an agent on one task ended. */
export interface Employment {
  readonly outcome: Outcome
  readonly state: TaskState
}

/** A bounded set of agents, each with one slot and a mailbox, and the edges between them. */
export interface Swarm {
  readonly id: string
  readonly name: string
  readonly topology: Topology
  readonly maxAgents: number
  readonly agents: readonly Agent[]
  readonly mail: Mail
  readonly alive: boolean
  /** Aborted when it is terminated. */
  readonly ending: AbortSignal
  /** All of them, or none: throws when there is no room, or a name is taken. */
  spawn(kind: AgentKind, count: number, name?: string): readonly Agent[]
  /** Throws when there is none of this name; `field` is where it was asked for. */
  agentNamed(name: string, field: string): Agent
  /** The agent that the topology gives a task to; throws when none may do it. */
  route(task: PreparedTask): Agent
  /** Throws when no agent may do a task. */
  demand(task: PreparedTask): void
  /** Waits until the agent is free, and has it work. Never rejects: a wait that is aborted, or that the swarm ends, is a failure. */
  employ(agent: Agent, untilAbort: Waiters, work: () => PromiseLike<Outcome>): Promise<Employment>
  /** Stops all work, and is done once every agent is free. */
  terminate(): Promise<void>
}

export interface SwarmSettings {
  readonly id: string
  readonly name: string
  readonly topology: Topology
  readonly maxAgents: number
  readonly mailboxLimit: number
  /** Told whenever something is done with it. */
  readonly used: () => void
}

export function swarm({ id, name, topology, maxAgents, mailboxLimit, used }: SwarmSettings): Swarm {
  const agents: Agent[] = []
  const byName = new Map<string, Agent>()
  const numbers = new Map<string, number>()
  const seats = workers()
  const ending = new AbortController()
  const untilEnd = waiters(ending.signal)
  const kinds = new Map<string, AgentKind>()
  let last = -1
  let working = 0
  let allFree: (() => void) | undefined

  const freeName = (base: string): string => {
    for (;;) {
      const number = (numbers.get(base) ?? 0) + 1
      numbers.set(base, number)
      if (!byName.has(`${base}-${number}`)) return `${base}-${number}`
    }
  }
  const add = (kind: AgentKind, called: string): Agent => {
    const place = agents.length
    const seat = seats.seatFor(kind, place)
    const agent: Agent = {
      name: called,
      kind,
      place,
      seat,
      state: undefined,
      working: false,
      ended: 0,
      queue: undefined,
      mailbox: undefined,
      pid: undefined,
      usage: undefined,
    }
    kinds.set(kind.name, kind)
    agents.push(agent)
    byName.set(called, agent)
    return agent
  }
  const demand = (task: PreparedTask): void => {
    for (const kind of kinds.values()) if (mayDo(task, kind)) return
    throw nobodyMay(name, task, [...kinds.keys()])
  }
  const free = (agent: Agent): void => {
    const next = agent.queue?.shift()
    if (next !== undefined) return next()
    agent.working = false
    working--
    if (working === 0) allFree?.()
  }
  const refusalNow = (agent: Agent, untilAbort: Waiters): OperationError | undefined => {
    if (ending.signal.aborted) return terminated(name, agent.name)
    return untilAbort.aborted ? cancelled(agent.name) : undefined
  }
  const turn = (agent: Agent, untilAbort: Waiters): Promise<OperationError | undefined> | undefined => {
    if (!agent.working) {
      agent.working = true
      working++
      return undefined
    }
    return new Promise((resolve) => {
      const queue = (agent.queue ??= [])
      const settle = (refusal: OperationError | undefined): void => {
        untilAbort.remove(leave)
        untilEnd.remove(leave)
        resolve(refusal)
      }
      const begin = (): void => settle(undefined)
      const leave = (): void => {
        queue.splice(queue.indexOf(begin), 1)
        settle(ending.signal.aborted ? terminated(name, agent.name) : cancelled(agent.name))
      }
      queue.push(begin)
      untilAbort.add(leave)
      untilEnd.add(leave)
    })
  }
  const worked = async (agent: Agent, work: () => PromiseLike<Outcome>): Promise<Employment> => {
    agent.state = 'working'
    const outcome = await Promise.resolve()
      .then(work)
      .catch((thrown: unknown): Outcome => ({ type: 'failed', error: operationErrorOf(thrown) }))
    return { outcome, state: stateAfter(outcome, ending.signal.aborted) }
  }

  return {
    id,
    name,
    topology,
    maxAgents,
    agents,
    mail: mail({ name, topology, agents, limit: mailboxLimit, used }),
    ending: ending.signal,
    get alive() {
      return !ending.signal.aborted
    },
    spawn(kind, count, called) {
      used()
      if (agents.length + count > maxAgents) throw tooManyAgents(name, agents.length, count, maxAgents)
      if (called === undefined) return Array.from({ length: count }, () => add(kind, freeName(kind.name)))
      const names = count === 1 ? [called] : Array.from({ length: count }, (_, index) => `${called}-${index + 1}`)
      const taken = names.find((wanted) => byName.has(wanted))
      if (taken !== undefined) throw nameTaken(name, taken)
      return names.map((wanted) => add(kind, wanted))
    },
    agentNamed(asked, field) {
      const agent = byName.get(asked)
      if (agent === undefined) throw noAgent(field, name, asked, [...byName.keys()])
      return agent
    },
    route(task) {
      const place = topology.route(seats.team((kind) => mayDo(task, kind), agents.length, last))
      const agent = place === undefined ? undefined : agents[place]
      if (agent === undefined) throw nobodyMay(name, task, [...kinds.keys()])
      last = agent.place
      return agent
    },
    demand,
    async employ(agent, untilAbort, work) {
      used()
      seats.change(agent, 1)
      agent.state ??= 'submitted'
      const refusal = refusalNow(agent, untilAbort) ?? (await turn(agent, untilAbort))
      const end = refusal === undefined ? await worked(agent, work) : refused(refusal, ending.signal.aborted)
      if (refusal === undefined) free(agent)
      agent.state = end.state
      agent.ended++
      seats.change(agent, -1)
      used()
      return end
    },
    async terminate() {
      const freed = working === 0 ? undefined : new Promise<void>((resolve) => (allFree = resolve))
      ending.abort()
      await freed
    },
  }
}

/** Work that did not begin. */
function refused(error: OperationError, ending: boolean): Employment {
  return { outcome: { type: 'failed', error }, state: ending ? 'rejected' : 'cancelled' }
}

/** The state in which a task ends. */
function stateAfter(outcome: Outcome, ending: boolean): TaskState {
  switch (outcome.type) {
    case 'succeeded':
      return 'completed'
    case 'skipped':
    case 'cancelled':
      return 'cancelled'
    case 'failed':
      return ending ? 'cancelled' : outcome.error.type === 'agent-error' && outcome.error.needsInput === true ? 'input-required' : 'failed'
  }
}
