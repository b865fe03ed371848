import type { PicturedAttempt, PicturedOperation, PicturedState } from '../picture/picture.js'
import type { Colours } from './theme.js'

/** How an operation may stand, what somebody looks for first. */
export const stateOrder: readonly PicturedState[] = [
  'failed',
  'cancelled',
  'running',
  'retrying',
  'ready',
  'waiting',
  'succeeded',
  'skipped',
]

const colourNames: Readonly<Record<PicturedState, keyof Colours>> = {
  failed: 'bad',
  cancelled: 'warn',
  running: 'accent',
  retrying: 'warn',
  ready: 'ready',
  waiting: 'idle',
  succeeded: 'work',
  skipped: 'idle',
}

/** The colour of an end, the same everywhere. */
export function stateColour(state: PicturedState, colours: Colours): string {
  return colours[colourNames[state]]
}

export function attemptColour({ state, attempts }: PicturedOperation, attempt: PicturedAttempt, colours: Colours): string {
  if (attempt.endedAt === undefined) return colours.accent
  // One that failed, and was tried again or replaced by a fallback.
  if (attempt !== attempts.at(-1) || (state === 'succeeded' && attempt.message !== undefined)) return colours.warn
  return stateColour(state, colours)
}
