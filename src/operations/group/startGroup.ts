// operations/group: a program as a process group: its start, its end, and what ends it should this process be ended first.
import type { ChildProcess } from 'node:child_process'
import { signalGroup } from './processGroup.js'
import { watcher } from './watcher.js'

/** A program that was started, as the leader of a group of its own. */
export interface StartedGroup<C extends ChildProcess> {
  readonly child: C
  /** Its number; undefined when it could not be started. */
  readonly group: number | undefined
  /** To be called when none of the group is left: until then it is ended with this process. */
  readonly release: () => void
}

/**
 * Starts a program whose group is ended with this process, whatever ends that.
 *
 * `start` spawns it, `detached`, in the environment it is given.
 */
export function startGroup<C extends ChildProcess>(env: NodeJS.ProcessEnv, start: (env: NodeJS.ProcessEnv) => C): StartedGroup<C> {
  const { mark } = watched
  // Before the start: between that and its being told, this process may be killed as well.
  watched.announce()
  let group: number | undefined
  try {
    const child = start({ ...env, [mark.name]: mark.value })
    group = child.pid
    return { child, group, release: group === undefined ? () => undefined : hold(group) }
  } finally {
    if (group === undefined) watched.withdraw()
  }
}

// The one state shared by all runs of this process, since the end of the process is shared too.
const watched = watcher()
const groups = new Set<number>()

function hold(group: number): () => void {
  watched.add(group)
  if (groups.size === 0) process.once('exit', killAll)
  groups.add(group)
  return () => {
    if (!groups.delete(group)) return
    watched.remove(group)
    if (groups.size === 0) process.off('exit', killAll)
  }
}

// An exit that this process hears of need not wait for the watcher.
function killAll(): void {
  for (const group of groups) signalGroup(group, 'SIGKILL')
}
