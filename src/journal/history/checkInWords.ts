import type { Advice } from '../../monitor/advice/advice.js'

/** How advice about a run is checked where no command is known that would run the same again: the plan came from stdin, or over MCP. */
export function checkInWords({ conditions, predicted }: Advice, concurrency: number, plan = 'the same plan'): string {
  if (predicted === undefined) return `look at ${plan} with millrace plan`
  const otherwise = conditions.concurrency === concurrency ? '' : `, but at concurrency ${conditions.concurrency}`
  return `run ${plan} again as this time${otherwise}`
}
