// terminal/output: what is shown of what operations give out.

/** How the output of operations is shown while a run goes on. */
export const outputModes = ['stream', 'grouped', 'failed', 'none'] as const

/**
 * `stream`: each line as it comes, after the id. `grouped`: the whole output of an operation when it has ended. `failed`: only that of
 * failed operations, in the report. `none`: no output.
 */
export type OutputMode = (typeof outputModes)[number]

type Environment = { readonly [name: string]: string | undefined }

/** What coding agents set for the programs that they start. */
export const agentVariables = [
  'AGENT',
  'AI_AGENT',
  'AUGMENT_AGENT',
  'CLAUDECODE',
  'CLINE_ACTIVE',
  'CODEX_SANDBOX',
  'CURSOR_AGENT',
  'GEMINI_CLI',
  'OPENCODE',
]

/** Whether a coding agent reads what this process writes. */
export function codingAgentReads(env: Environment): boolean {
  return agentVariables.some((name) => {
    const value = env[name]
    return value !== undefined && value !== '' && value !== '0' && value.toLowerCase() !== 'false'
  })
}

/** Whether GitHub Actions reads what this process writes: it folds groups of lines. */
export function foldsGroups(env: Environment): boolean {
  return env['GITHUB_ACTIONS'] === 'true'
}

/** How a run is shown to whoever reads it. */
export interface Shown {
  readonly mode: OutputMode
  /** Whether progress is shown at all: a coding agent pays for each line, and needs only what failed. */
  readonly progress: boolean
}

/** What is shown: as asked for, else what serves whoever reads: a person at a terminal, a coding agent, a log. */
export function shownTo(asked: OutputMode | undefined, terminal: boolean, env: Environment): Shown {
  if (asked !== undefined) return { mode: asked, progress: true }
  if (codingAgentReads(env)) return { mode: 'failed', progress: false }
  return { mode: terminal ? 'failed' : 'grouped', progress: true }
}
