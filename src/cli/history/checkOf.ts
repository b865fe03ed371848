import type { Advice } from '../../monitor/advice/advice.js'
import type { SameCommand } from './sameCommand.js'

/** How an advice about a run at some concurrency is checked: the command that ran, with what must be different. */
export function checkOf({ id, conditions }: Advice, concurrency: number, same: SameCommand): string {
  const again = same.run(conditions.concurrency === concurrency ? undefined : conditions.concurrency)
  switch (id) {
    case 'nothing-batched':
    case 'too-few-to-gain':
      return same.plan()
    case 'wait-cause':
      return `${same.plan()} && ${again}`
    case 'retry-waste':
      return `${again} && millrace trend retriedShare${same.root()}`
    case 'limit-too-low':
    case 'critical-path':
    case 'timeout-too-tight':
    case 'success-rate-low':
      return again
  }
}
