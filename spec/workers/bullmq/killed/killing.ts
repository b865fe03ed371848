import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeLog } from '../../../../src/journal/log/decodeLog.js'
import type { BatchEvent } from '../../../../src/model/event.js'
import { ownRedis } from '../../../support/redis.js'
import { tempTree } from '../../../support/tempTree.js'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { executionsIn, lastMayEnd } from './countedPlan.js'

const workerScript = fileURLToPath(new URL('workerProcess.js', import.meta.url))
const runScript = fileURLToPath(new URL('runProcess.js', import.meta.url))

export type Victim = 'a worker' | 'all workers' | 'the run' | 'Redis' | 'Redis with all it held' | 'nobody'

/** How large it is, and how often somebody is killed. */
export interface Killing {
  readonly victim: Victim
  readonly size: number
  readonly ms: number
  readonly workers: number
  readonly slots: number
  readonly kills: number
  readonly times: 'short' | 'real'
}

/** What a run came to in which somebody was killed. */
export interface Killed {
  readonly executions: number
  readonly attempts: number
  readonly succeeded: number
  /** Attempts that were performed twice: two executions with one key. */
  readonly silentDoubles: number
  /** Failures of attempts by their type. */
  readonly failures: Readonly<Record<string, number>>
  /** The longest time in which no operation was done, in ms, without the time in which who was killed was not there again. */
  readonly longestStopMs: number
  /** The longest time from a kill until who was killed was there again, in ms: a process starts as fast as the machine lets it. */
  readonly longestAbsenceMs: number
  /** What the run said that ended without being killed. */
  readonly said: string
}

/** Runs `size` operations at workers, kills somebody each time so many more have ended, and gives what came of it. */
export async function killing({ victim, size, ms, workers: count, slots, kills, times }: Killing): Promise<Killed> {
  const root = tempTree({})
  const file = join(root, 'executions')
  const redis = await ownRedis()
  const living = new Set<ChildProcess>()

  const startWorker = async (): Promise<void> => {
    const worker = spawn(process.execPath, [workerScript, redis.url, file, `${slots}`, times], { stdio: ['ignore', 'pipe', 'inherit'] })
    living.add(worker)
    const ended = once(worker, 'exit').then(() => Promise.reject(new Error('A worker ended before it had started.')))
    await Promise.race([once(worker.stdout, 'data'), ended])
  }
  const killWorker = async (worker: ChildProcess): Promise<void> => {
    living.delete(worker)
    await killed(worker)
  }

  let runs = 0
  let ended = 0
  let said = ''
  let wake: () => void = () => undefined
  let began: () => void = () => undefined
  const startRun = (): ChildProcess => {
    const earlier = runs === 0 ? [] : [`r${runs - 1}`]
    // More than there are slots: some lie in the queue, and some are being taken from it.
    const args = [redis.url, root, `${size}`, `${ms}`, `${2 * count * slots}`, times, `r${runs}`, ...earlier]
    runs++
    const run = spawn(process.execPath, [runScript, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    run.stdout.on('data', (text: Buffer) => {
      const told = text.toString()
      ended += told.split('.').length - 1
      said += told.replaceAll(/[.>]/g, '')
      if (told.includes('>')) began()
      wake()
    })
    // By then all that it said was heard.
    run.on('close', () => {
      began()
      wake()
    })
    return run
  }

  const kill = async (): Promise<void> => {
    switch (victim) {
      case 'a worker':
        await killWorker([...living][0]!)
        return startWorker()
      case 'all workers':
        await Promise.all([...living].map(killWorker))
        await Promise.all(Array.from({ length: count }, startWorker))
        return
      case 'the run': {
        await killed(run)
        const there = new Promise<void>((resolve) => (began = resolve))
        run = startRun()
        return there
      }
      case 'Redis':
      case 'Redis with all it held':
        await redis.kill()
        return redis.start(victim === 'Redis')
      case 'nobody':
    }
  }

  const absences: Absence[] = []
  await Promise.all(Array.from({ length: count }, startWorker))
  let run = startRun()
  try {
    for (let round = 1; round <= kills; round++) {
      const enough = (size * round) / (kills + 1)
      while (ended < enough && !run.stdout!.closed) await new Promise<void>((resolve) => (wake = resolve))
      const from = Date.now()
      await kill()
      // While one worker is away the others go on.
      if (victim !== 'a worker') absences.push({ from, to: Date.now() })
    }
    writeFileSync(lastMayEnd(file), '')
    while (!run.stdout!.closed || !hasEnded(run)) await new Promise<void>((resolve) => (wake = resolve))
    const logs = Array.from(
      { length: runs },
      (_, at) => decodeLog(readFileSync(join(root, '.millrace', 'runs', `r${at}`, 'events.ndjson'))).events,
    )
    return summedUp(logs, executionsIn(file), said, absences)
  } finally {
    run.kill('SIGKILL')
    await Promise.all([...living].map(killWorker))
    await redis.close()
    rmSync(root, { recursive: true, force: true, maxRetries: 20 })
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null

async function killed(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

interface Absence {
  readonly from: number
  readonly to: number
}

/** What is left of a time without the absences in it. */
function without(absences: readonly Absence[], from: number, to: number): number {
  return absences.reduce((ms, absence) => ms - Math.max(0, Math.min(to, absence.to) - Math.max(from, absence.from)), to - from)
}

function summedUp(
  logs: readonly (readonly BatchEvent[])[],
  executions: readonly string[],
  said: string,
  absences: readonly Absence[],
): Killed {
  const failures: Record<string, number> = {}
  const succeeded = new Set<string>()
  // From one run to the one that goes on with it, too.
  let [attempts, longestStopMs, last] = [0, 0, NaN]
  for (const events of logs)
    for (const event of events) {
      if (event.type === 'attempt-started') attempts++
      if (event.type === 'attempt-failed') failures[event.error.type] = (failures[event.error.type] ?? 0) + 1
      if (event.type !== 'operation-succeeded') continue
      succeeded.add(event.id)
      if (event.reusedFrom !== undefined) continue
      const stopMs = without(absences, last, event.at)
      if (stopMs > longestStopMs) longestStopMs = stopMs
      last = event.at
    }
  return {
    executions: executions.length,
    attempts,
    succeeded: succeeded.size,
    silentDoubles: executions.length - new Set(executions).size,
    failures,
    longestStopMs: Math.round(longestStopMs),
    longestAbsenceMs: Math.max(0, ...absences.map(({ from, to }) => to - from)),
    said,
  }
}
