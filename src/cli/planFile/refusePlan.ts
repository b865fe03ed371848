import { describeFault } from '../../model/fault/describeFault.js'
import type { PlanFault } from '../../model/fault/fault.js'
import { faultCount } from '../../model/fault/faultList.js'
import { exitCodes } from '../process/exitCodes.js'
import { locateFaults } from './locateFaults.js'
import { refuseUsage } from '../process/refuseUsage.js'
import type { NotChosen } from './readChosenPlan.js'
import type { PlanSource } from './planSource.js'
import { count } from '../../terminal/text/count.js'
import type { Paint } from '../../terminal/text/paint.js'
import { visible } from '../../terminal/text/visible.js'

/** Tells the faults of a plan on stderr, each with its place in the file, and how many there are. */
export async function refusePlan(faults: readonly PlanFault[], source: PlanSource | undefined, paint: Paint): Promise<number> {
  const located = source === undefined ? faults : await locateFaults(faults, source)
  const texts = located.map((fault) => `${describeFault(fault)}${hintFor(fault)}`.split('\n').map(visible).join('\n  '))
  const conclusion = paint('bad', `${count(faultCount(faults), 'fault')}; nothing was done.`)
  process.stderr.write(`${[...texts, conclusion].join('\n')}\n`)
  return exitCodes.usage
}

function hintFor(fault: PlanFault): string {
  return fault.type === 'unknown-operation-type' && fault.name.startsWith('tool.') && !fault.known.some((name) => name.startsWith('tool.'))
    ? '\nTools are called SERVER.TOOL, and --config FILE lists the servers: {"mcpServers": {"SERVER": {"command": "…"}}}.'
    : ''
}

/** Tells why there is no plan to run. */
export async function refuseChoice(why: NotChosen, paint: Paint): Promise<number> {
  return why.type === 'usage' ? refuseUsage(why.text) : refusePlan(why.faults, undefined, paint)
}
