import { readFileSync } from 'node:fs'
import { errorCode } from './errorCode.js'

/** A clock tick of /proc: Linux has shown 100 a second to programs since 2.4, whatever the kernel counts in. */
const tickMs = 10

/** CPU time of this process and of its children that have ended, in ms; undefined where the platform does not tell: only Linux does. */
export function cpuTimeMs(): number | undefined {
  try {
    const text = readFileSync('/proc/self/stat', 'latin1')
    // The name of the program stands in brackets and may hold anything: fields are counted from behind it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = fields.slice(11, 15).map(Number)
    return ticks.length === 4 && ticks.every((value) => value >= 0) ? tickMs * ticks.reduce((sum, value) => sum + value, 0) : undefined
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
