import { describeFault } from '../../model/fault/describeFault.js'
import type { PlanFault } from '../../model/fault/fault.js'
import { exitCodes } from '../process/exitCodes.js'
import { locateFaults } from './locateFaults.js'
import type { PlanSource } from './planSource.js'
import { count } from '../../terminal/text/count.js'
import type { Paint } from '../../terminal/text/paint.js'
import { visible } from '../../terminal/text/visible.js'

/** More would bury the first ones; a generated plan often has the same fault in every operation. */
const mostShown = 200

/** Tells the faults of a plan on stderr, each with its place in the file, and how many there are. */
export async function refusePlan(faults: readonly PlanFault[], source: PlanSource | undefined, paint: Paint): Promise<number> {
  const shown = faults.slice(0, mostShown)
  const located = source === undefined ? shown : await locateFaults(shown, source)
  const texts = located.map((fault) => describeFault(fault).split('\n').map(visible).join('\n  '))
  if (faults.length > shown.length) texts.push(`… and ${count(faults.length - shown.length, 'more fault')}.`)
  const conclusion = paint('bad', `${count(faults.length, 'fault')}; nothing was done.`)
  process.stderr.write(`${[...texts, conclusion].join('\n')}\n`)
  return exitCodes.usage
}
