import { signalGroup } from './processGroup.js'

// The one state shared by all runs of this process, since the end of the process is shared too.
const groups = new Set<number>()

/** Has a group killed should this process exit before `release`, which also takes the hook away when no group is left. */
export function holdGroup(group: number): { readonly release: () => void } {
  if (groups.size === 0) process.once('exit', killAll)
  groups.add(group)
  const release = (): void => {
    groups.delete(group)
    if (groups.size === 0) process.off('exit', killAll)
  }
  return { release }
}

function killAll(): void {
  for (const group of groups) signalGroup(group, 'SIGKILL')
}
