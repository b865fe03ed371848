// cli/watch: a run live in the browser: a log that is followed, and a server of its page on this machine.
import * as E from 'fp-ts/lib/Either.js'
import { readAboutRun } from '../../journal/aboutRun.js'
import { errorCode } from '../../system/errorCode.js'
import { writerOf } from '../../system/lock/writerLock.js'
import { visible } from '../../terminal/text/visible.js'
import { latestLog, loggedRun } from '../pastRuns/loggedRuns.js'
import { openHistory } from '../pastRuns/openHistory.js'
import { exitCodes } from '../process/exitCodes.js'
import { hearInterrupts, type Interrupt } from '../process/interrupts.js'
import { refuseUsage } from '../process/refuseUsage.js'
import { followLog } from './followLog.js'
import { liveRun } from './liveRun.js'
import { liveServer } from './liveServer.js'

export interface WatchFlags {
  readonly root?: string
  readonly port?: number
}

const lookMs = 50

/** `millrace watch`: serves the page of a run until it is told to end. Answers the exit code. */
export async function watchRun(run: string | undefined, { root = '.', port }: WatchFlags): Promise<number> {
  const { entries } = await openHistory({ root, color: false })
  const latest = run === undefined ? latestLog(root) : undefined
  const named = latest === undefined ? loggedRun(run ?? 'last', root, entries) : E.right(latest)
  if (named._tag === 'Left') return refuseUsage(named.left)
  const folder = named.right
  try {
    return await serve(folder, port)
  } catch (error) {
    if (errorCode(error) === undefined) throw error
    process.stderr.write(`${visible((error as Error).message)}\n`)
    return exitCodes.failed
  }
}

async function serve(folder: string, port: number | undefined): Promise<number> {
  const log = followLog(folder)
  const shown = liveRun(readAboutRun(folder) ?? {})
  let over = false
  const look = (): void => {
    if (over) return
    // Asked before the log is read: what its writer wrote last is then in what is read.
    const written = writerOf(folder) !== undefined
    try {
      for (const event of log.more()) {
        shown.see(event)
        if (event.type === 'run-finished') over = true
      }
      if (written || over) return
    } catch (error) {
      process.stderr.write(`${visible((error as Error).message)}\n`)
    }
    over = true
    shown.abandon()
  }
  look()
  const server = await liveServer(shown, port)
  const timer = setInterval(look, lookMs)
  process.stdout.write(`${server.url}\n`)
  const signal = await new Promise<Interrupt>((told) => hearInterrupts(told))
  clearInterval(timer)
  await server.close(0)
  log.close()
  return exitCodes[signal]
}
