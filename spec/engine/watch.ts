import type { Subscription } from 'rxjs'
import type { RunOptions } from '../../src/engine/options.js'
import { runBatch } from '../../src/engine/runBatch.js'
import type { BatchEvent } from '../../src/model/event.js'
import { heldOperations, type HeldOperations } from '../../src/testing/heldOperations.js'
import { storyLine } from '../../src/testing/storyLine.js'

export interface Watched {
  readonly held: HeldOperations
  readonly events: readonly BatchEvent[]
  /** `ready a`, `started a#1`, … without stamps. */
  story(): readonly string[]
  readonly subscription: Subscription
}

type Given = { readonly id: string } & Record<string, unknown>

export function watch(operations: readonly Given[], settings: Record<string, unknown> = {}, options: RunOptions = {}): Watched {
  const held = heldOperations()
  const events: BatchEvent[] = []
  const plan = {
    operations: operations.map((each) => ({ type: 'test', operation: 'hold', ...each })),
    inferDependencies: false,
    ...settings,
  }
  const subscription = runBatch(plan, { operations: held.operations, ...options }).subscribe((event) => events.push(event))
  return { held, events, subscription, story: () => events.map(shortly) }
}

// The line of the story without its time, and without what differs from run to run.
function shortly(event: BatchEvent): string {
  return storyLine(event)
    .replace(/^\S+ /, '')
    .replace(':', '')
    .replace(/, again in \d+/, ' again')
}

export const summaryOf = ({ events }: Watched) => {
  const last = events.at(-1)
  if (last?.type !== 'run-finished') throw new Error(`The run has not finished: ${last?.type}`)
  return last.summary
}
