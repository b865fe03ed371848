import type { Usage } from '../../model/usage.js'
import type { AttemptContext, Work } from '../../model/work.js'
import type { AgentSettings } from './agentSettings.js'

/** A task in words, as a runner receives it. */
export interface TextTask {
  readonly text: string
  /** The agent that does it. */
  readonly agent: string
  readonly kind: string
  /** The earlier turns of this task, oldest first: answers of the agent, and the replies to them. */
  readonly turns: readonly ConversationTurn[]
  readonly settings: AgentSettings
  /** Whether somebody answers if the agent asks back. */
  readonly mayAsk: boolean
  /** What others sent to the agent since its last task in words, oldest first. */
  readonly messages: readonly Message[]
  /** Sends a message as this agent; throws if it is not allowed. Only for agents of a swarm. */
  readonly send?: (to: string, body: unknown) => void
  /** Reports the process that performs it, if there is one. */
  readonly onStart?: (pid: number) => void
}

/** One side's part in the conversation about a task. */
export interface ConversationTurn {
  readonly by: 'agent' | 'asker'
  readonly text: string
}

/** A message of one agent to another. */
export interface Message {
  readonly id: string
  /** The agent that sent it; absent for whoever runs the batch. */
  readonly from?: string
  readonly body: unknown
}

/** A function of the program that runs the batch. Its result is the answer of the agent. */
export interface FnRunner {
  readonly type: 'fn'
  readonly run: (task: TextTask, context: AttemptContext) => Work<unknown>
}

/** How the output of an agent program is read. */
export type LineFormat = 'text' | 'ndjson' | 'claude' | 'codex'

/** A program that is started for each task. It reads the task from stdin, and its stdout is read in the given `format`. */
export interface ProcessRunner {
  readonly type: 'process'
  /** The program and its arguments; `{{agent}}`, `{{kind}}` and `{{model}}` in them are replaced. No shell reads it. */
  readonly command: readonly string[]
  readonly format: LineFormat
  /** The folder it runs in, inside the roots. Default: the first root. */
  readonly cwd?: string
}

/** A chat endpoint that speaks the protocol of OpenAI's chat completions. */
export interface HttpRunner {
  readonly type: 'http'
  /** The whole URL, such as `https://api.openai.com/v1/chat/completions`. */
  readonly url: string
  readonly model: string
  /** The environment variable that holds the key, read at each task. */
  readonly apiKeyEnv?: string
}

/** What runs tasks given in words: a union on `type`. */
export type Runner = FnRunner | ProcessRunner | HttpRunner

/** What a program or an endpoint said in one turn. */
export interface RunnerReply {
  readonly text: string
  readonly usage?: Usage
  /** What it must know before it can continue; only if the task lets it ask. */
  readonly question?: string
}
