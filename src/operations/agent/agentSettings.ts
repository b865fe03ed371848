/** How agents of a kind do tasks in words. */
export interface AgentSettings {
  /** What every agent of the kind is told before its task: a system message, or the beginning of a program's prompt. */
  readonly instructions?: string
  /** The model to use, in place of the runner's own. In the command of a program, `{{model}}`. */
  readonly model?: string
  /** For endpoints only: 0 gives the likeliest answer each time. */
  readonly temperature?: number
  /** For endpoints only: the most tokens of one answer. */
  readonly maxTokens?: number
  /** For endpoints only: sent with every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** A JSON Schema: the answer has to be JSON that fits it, and is given as data. */
  readonly answer?: Readonly<Record<string, unknown>>
  readonly budget?: Budget
  readonly prices?: Prices
}

/** Limits for one task. No turn starts once a limit is reached. */
export interface Budget {
  /** Input and output tokens of all turns. */
  readonly maxTokens?: number
  /** In US dollars, as the runner reports it or the prices give it. */
  readonly maxCostUsd?: number
  /** How often the agent is asked, the first time included. */
  readonly maxTurns?: number
}

/** US dollars for a million tokens. */
export interface Prices {
  readonly input: number
  readonly output: number
}
