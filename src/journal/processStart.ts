import { readFileSync } from 'node:fs'
import { codeOf } from './stateFolder.js'

/**
 * When a process started, as a text to compare: its number may since have been given to another process, this may not.
 *
 * Undefined when there is no such process, or the system does not tell (all but Linux): then the number alone has to do.
 */
export function processStart(pid: number): string | undefined {
  if (pid === process.pid) return (ownStart ??= startOf(pid))
  return startOf(pid)
}

// As long as this process runs, it says the same.
let ownStart: string | undefined

function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined
  const stat = readIfThere(`/proc/${pid}/stat`)
  const boot = readIfThere('/proc/sys/kernel/random/boot_id')
  if (stat === undefined || boot === undefined) return undefined
  // The name of the program stands in brackets and may hold anything; field 22 is counted from behind it (proc(5)).
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return `${boot.trim()} ${ticks}`
}

/** Whether the process that was seen with this number and start is still there. */
export function isAlive(pid: number, start: string | undefined): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // It is there, but belongs to someone else.
    if (codeOf(error) === 'EPERM') return sameStart(pid, start)
    if (codeOf(error) === 'ESRCH') return false
    throw error
  }
  return sameStart(pid, start)
}

function sameStart(pid: number, start: string | undefined): boolean {
  const now = processStart(pid)
  return start === undefined || now === undefined || now === start
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    // ESRCH: it ended while it was read.
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH' || codeOf(error) === 'EACCES') return undefined
    throw error
  }
}
