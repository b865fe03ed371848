/** The limits of agent programs. */
export interface RunnerLimits {
  /** Time between TERM and KILL, in ms. */
  readonly graceMs: number
  /** How long a program can continue after it has reported its result, in ms. */
  readonly lingerMs: number
  /** The most bytes a program can write for one task. */
  readonly maxOutputBytes: number
  /** The longest line it can write, in characters. */
  readonly maxLineLength: number
}

export const defaultRunnerLimits: RunnerLimits = {
  graceMs: 2_000,
  lingerMs: 10_000,
  maxOutputBytes: 64 * 1024 * 1024,
  maxLineLength: 4 * 1024 * 1024,
}
