import type { Redis } from 'ioredis'
import { runLockOf } from '../wire/names.js'

/** Sees to it that a run has one performer: two with one run id would make attempts with the same keys. */
export interface RunLocks {
  /** False when another performer has that run. */
  take(runId: string): Promise<boolean>
  /** Those of these runs are held on; the others are given back. */
  keep(runIds: ReadonlySet<string>): Promise<void>
  release(): Promise<void>
}

export function runLocks(commands: Redis, performer: string, aliveMs: number): RunLocks {
  const taken = new Map<string, Promise<boolean>>()

  const isMine = async (runId: string): Promise<boolean> => {
    const lock = runLockOf(runId)
    return (await commands.set(lock, performer, 'PX', aliveMs, 'NX')) === 'OK' || (await commands.get(lock)) === performer
  }

  const giveBack = async (runId: string): Promise<void> => {
    taken.delete(runId)
    await commands.del(runLockOf(runId))
  }

  return {
    take(runId) {
      let held = taken.get(runId)
      if (held === undefined) {
        held = isMine(runId).then((mine) => {
          if (!mine) taken.delete(runId)
          return mine
        })
        taken.set(runId, held)
      }
      return held
    },
    async keep(runIds) {
      for (const runId of taken.keys())
        if (runIds.has(runId)) await commands.set(runLockOf(runId), performer, 'PX', aliveMs)
        else await giveBack(runId)
    },
    async release() {
      for (const runId of taken.keys()) await giveBack(runId)
    },
  }
}
