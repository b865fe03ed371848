import { readFileSync } from 'node:fs'
import { errorCode, orOnCode } from './errorCode.js'

/**
 * When a process started, as a text to compare: its number may since have been given to another process, this may not.
 *
 * Undefined when there is no such process, when it has ended and only its number is still taken, or when the system does not say (all but
 * Linux): then the number alone has to do.
 */
export function processStart(pid: number): string | undefined {
  if (pid === process.pid) return (ownStart ??= startOf(pid))
  return startOf(pid)
}

// As long as this process runs, it says the same.
let ownStart: string | undefined

function startOf(pid: number): string | undefined {
  const boot = bootId()
  const { ticks, ended } = statOf(pid) ?? {}
  return boot === undefined || ticks === undefined || ended ? undefined : `${boot} ${ticks}`
}

/** What Linux calls this start of the machine; undefined elsewhere. */
export function bootId(): string | undefined {
  return process.platform === 'linux' ? (boot ??= readIfThere('/proc/sys/kernel/random/boot_id')?.trim()) : undefined
}

let boot: string | undefined

/** The ticks at which a process started, also of one that has ended and was not asked how; undefined where the system does not say. */
export function startTicks(pid: number): string | undefined {
  return statOf(pid)?.ticks
}

interface ProcessStat {
  /** Since the machine started. */
  readonly ticks: string
  /** It has ended, and its parent has not asked how yet: it does nothing any more. */
  readonly ended: boolean
}

function statOf(pid: number): ProcessStat | undefined {
  const stat = process.platform === 'linux' ? readIfThere(`/proc/${pid}/stat`) : undefined
  if (stat === undefined) return undefined
  // The name of the program stands in brackets and may hold anything; the fields are counted from behind it (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { ticks: fields[19] ?? '', ended: fields[0] === 'Z' || fields[0] === 'X' }
}

/** Whether the process that was seen with this number and start still runs. */
export function isAlive(pid: number, start: string | undefined): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false
    // EPERM: it is there, but belongs to someone else.
    if (errorCode(error) !== 'EPERM') throw error
  }
  if (statOf(pid)?.ended) return false
  const now = processStart(pid)
  return start === undefined || now === undefined || now === start
}

function readIfThere(path: string): string | undefined {
  // ESRCH: it ended while it was read.
  return orOnCode(['ENOENT', 'ESRCH', 'EACCES'], undefined, () => readFileSync(path, 'utf8'))
}
