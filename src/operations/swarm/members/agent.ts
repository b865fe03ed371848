// operations/swarm/members: the agents of a swarm, how busy they are, and their mail.
import type { Usage } from '../../../model/usage.js'
import type { AgentKind } from '../../agent/agentKind.js'
import type { Message } from '../../agent/runner.js'

/** How a task stands. */
export type TaskState = 'submitted' | 'working' | 'input-required' | 'completed' | 'failed' | 'cancelled' | 'rejected'

/** One agent of a swarm. Kept small, since there may be very many: what most never have is made when it is first needed. */
export interface Agent {
  readonly name: string
  readonly kind: AgentKind
  /** Counted from 0 in the order of spawning. */
  readonly place: number
  /** Where the workers of its kind know how busy it is. */
  readonly seat: number
  /** Of its last task; undefined before the first. */
  state: TaskState | undefined
  working: boolean
  /** The tasks it has ended. */
  ended: number
  /** Those that wait until it is free, in order. */
  queue: (() => void)[] | undefined
  mailbox: Message[] | undefined
  /** The program that does its task, while one does. */
  pid: number | undefined
  /** What its tasks used; undefined as long as nothing reported any. */
  usage: Usage | undefined
}
