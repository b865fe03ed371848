import { connections, type Connections } from '../http/connections.js'
import { workLimit, type WorkLimit } from '../tool/workLimit.js'
import { agentKinds } from './agentKinds.js'
import type { AgentKindOptions, AgentKinds } from './agentKind.js'
import type { OnInput } from './conversation/converse.js'
import { defaultRunnerLimits, type RunnerLimits } from './runners/runnerLimits.js'

/** What all agents of one host share. */
export interface Workplace {
  readonly kinds: AgentKinds
  /** Folders that agent programs can run in. The first is the default. */
  readonly roots: readonly [string, ...string[]]
  readonly limits: RunnerLimits
  /** The limit of agent programs that run at once. */
  readonly processes: WorkLimit
  readonly send: Connections['send']
  /** Who answers when an agent asks back. */
  readonly onInput: OnInput | undefined
}

/** The roots, kinds and limits of agents. */
export interface WorkplaceOptions {
  readonly roots: readonly string[]
  readonly kinds?: Readonly<Record<string, AgentKindOptions>>
  /** Most agent programs at once. Default 4. */
  readonly maxProcesses?: number
  readonly limits?: Partial<RunnerLimits>
  /** Answers an agent that asks a question, and lets it continue. Default: the task fails with the question. */
  readonly onInput?: OnInput
}

export function workplace({ roots, kinds, maxProcesses = 4, limits = {}, onInput }: WorkplaceOptions): Workplace {
  const [root, ...others] = roots
  if (root === undefined) throw new TypeError('Agents need at least one root: the folder their programs run in, such as ".".')
  return {
    kinds: agentKinds(kinds),
    roots: [root, ...others],
    limits: { ...defaultRunnerLimits, ...limits },
    processes: workLimit(maxProcesses),
    // Whoever wrote the config chose the endpoint: it may well be one on this machine.
    send: connections(() => true).send,
    onInput,
  }
}
