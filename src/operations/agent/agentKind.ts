import type { AgentSettings } from './agentSettings.js'
import type { Runner } from './runner.js'

/** What agents of one kind can do, and what runs their tasks in words. */
export interface AgentKind extends AgentSettings {
  readonly name: string
  /** Names of operation types, `*` standing for any characters: `file.*`. */
  readonly allow: readonly string[]
  readonly runner?: Runner
}

export type AgentKinds = ReadonlyMap<string, AgentKind>

/** A kind of agents. Fields left out are those of the built-in kind of that name. */
export interface AgentKindOptions extends AgentSettings {
  readonly allow?: readonly string[]
  readonly runner?: Runner
}
