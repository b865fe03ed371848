import { setTimeout as delay } from 'node:timers/promises'
import { isAlive } from '../../src/system/processStart.js'

/** Whether a process is gone within a minute. One that was killed stays in the table until its parent, perhaps init, has taken note. */
export async function untilGone(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 60_000; waited += 20) {
    if (!isAlive(pid, undefined)) return true
    await delay(20)
  }
  return false
}
