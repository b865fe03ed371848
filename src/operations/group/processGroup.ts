import { setTimeout as delay } from 'node:timers/promises'
import { hasLivingMember } from './livingMember.js'

/** How long what a program leaves behind may take to end by itself, such as the last process of its pipes. */
const courtesyMs = 100

/** How long a group is only asked for by signal 0, which is cheap, before its members are looked at. */
const cheapMs = 30

/** Ends every process of a group that is still being led: TERM, and KILL for what is left after `graceMs`. Resolves when none is left. */
export async function endGroup(group: number, graceMs: number): Promise<void> {
  signalGroup(group, 'SIGTERM')
  if (await isGoneWithin(group, graceMs)) return
  signalGroup(group, 'SIGKILL')
  await isGoneWithin(group, Infinity)
}

/** Ends what the leader of a group left behind, after a moment in which it may end by itself. */
export async function endLeftovers(group: number, graceMs: number): Promise<void> {
  if (!(await isGoneWithin(group, courtesyMs))) await endGroup(group, graceMs)
}

/** Sends a signal to every process of a group; false when there is none that can be sent to. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal)
  } catch {
    // ESRCH: none is left. EPERM: those left belong to another user (macOS: are zombies), so nothing this process does will end them.
    return false
  }
}

async function isGoneWithin(group: number, limitMs: number): Promise<boolean> {
  let waited = 0
  for (let pause = 2; ; pause = Math.min(2 * pause, 100)) {
    if (!signalGroup(group, 0) || (waited > cheapMs && !hasLivingMember(group))) return true
    if (waited >= limitMs) return false
    const next = Math.min(pause, limitMs - waited)
    await delay(next)
    waited += next
  }
}
