import { readdirSync, readFileSync } from 'node:fs'

/**
 * Whether a process group has a member that is not a zombie; where there is no `/proc`, true.
 *
 * A zombie still counts for `kill(-group, 0)`. In a container whose first process reaps nothing, the group of an ended
 * program would so look alive for ever.
 */
export function hasLivingMember(group: number): boolean {
  const processes = entriesOf('/proc')
  return processes === undefined || processes.some((pid) => isLivingMember(pid, group))
}

function isLivingMember(pid: string, group: number): boolean {
  if (!/^\d+$/.test(pid)) return false
  // `pid (command) state parent group …`: a command may hold anything, also spaces and brackets, but ends at the last one.
  const stat = contentOf(`/proc/${pid}/stat`)
  const [state, , memberOf] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return memberOf === String(group) && state !== 'Z' && state !== 'X'
}

function entriesOf(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder)
  } catch {
    // No /proc, or none that may be read: then nothing is known about members.
    return undefined
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // It ended between the listing and now.
    return ''
  }
}
