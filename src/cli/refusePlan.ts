import { describeFault } from '../model/describeFault.js'
import type { PlanFault } from '../model/fault.js'
import { exitCodes } from './exitCodes.js'
import { locateFaults } from './locateFaults.js'
import type { PlanSource } from './planSource.js'
import { count } from './text/count.js'
import type { Paint } from './text/paint.js'
import { visible } from './text/visible.js'

/** Tells every fault of a plan on stderr, each with its place in the file, and how many there are. */
export async function refusePlan(faults: readonly PlanFault[], source: PlanSource | undefined, paint: Paint): Promise<number> {
  const located = source === undefined ? faults : await locateFaults(faults, source)
  const texts = located.map((fault) => describeFault(fault).split('\n').map(visible).join('\n  '))
  const conclusion = paint('bad', `${count(faults.length, 'fault')}; nothing was done.`)
  process.stderr.write(`${[...texts, conclusion].join('\n')}\n`)
  return exitCodes.usage
}
