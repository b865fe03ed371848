/** The limits of agent programs. */
export interface RunnerLimits {
  /** Time between TERM and KILL, in ms. */
  readonly graceMs: number
  /** How long a program may go on once it has told its result, in ms. */
  readonly lingerMs: number
  /** The most a program may write for one task. */
  readonly maxOutputBytes: number
  /** The longest line it may write, in characters. */
  readonly maxLineLength: number
}

export const defaultRunnerLimits: RunnerLimits = {
  graceMs: 2_000,
  lingerMs: 10_000,
  maxOutputBytes: 64 * 1024 * 1024,
  maxLineLength: 4 * 1024 * 1024,
}
