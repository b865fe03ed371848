import { isAlive } from '../../system/processStart.js'
import { endGroup } from './processGroup.js'

/** A program that led a process group, and when it started as the system says it. */
export interface LeftGroup {
  readonly pid: number
  readonly startedAt?: string
}

/** Time between TERM and KILL, in ms. */
const graceMs = 2_000

/**
 * Ends the programs that a killed process left behind, each with its group. One whose number was given to another program since is not
 * touched, nor one of which nobody knows when it started: it may be anything.
 */
export async function endLeftPrograms(programs: readonly LeftGroup[]): Promise<void> {
  const left = programs.filter(({ pid, startedAt }) => startedAt !== undefined && isAlive(pid, startedAt))
  await Promise.all(left.map(({ pid }) => endGroup(pid, graceMs)))
}
