import type { Advice } from '../../monitor/advice/advice.js'
import type { RanCommand } from '../ranCommand.js'

/** What a run was of, as far as its checks must name it. */
export interface Ran {
  readonly concurrency: number
  /** The plan's file. */
  readonly plan?: string | undefined
  readonly command?: RanCommand | undefined
}

/** How an advice is checked: by the command that ran with what must be different; in words where no command would run the same again. */
export function checkOf({ id, conditions, predicted }: Advice, { concurrency, plan, command }: Ran): string {
  const other = conditions.concurrency === concurrency ? undefined : conditions.concurrency
  if (command === undefined) return inWords(plan, predicted === undefined, other)
  const again = other === undefined ? command.run : command.runAt.join(String(other))
  switch (id) {
    case 'nothing-batched':
    case 'too-few-to-gain':
    case 'critical-path':
    case 'wait-cause':
    case 'retry-waste':
    case 'success-rate-low':
    case 'timeout-too-tight':
      return command.plan
    case 'limit-too-low':
      return again
  }
}

// It came from stdin, or over MCP; or by a command that nothing has kept.
function inWords(plan = 'the same plan (it came from no file)', toRead: boolean, other: number | undefined): string {
  if (toRead) return `look at ${plan} with millrace plan`
  return `run ${plan} again in the same way${other === undefined ? '' : `, but at concurrency ${other}`}`
}
