import { aheadOf } from './ahead.js'
import type { ServedBatch } from './batch.js'

/** A batch that has ended, as its answers are made from: nothing of it goes on. */
export function finishedBatch(ended: Pick<ServedBatch, 'id' | 'name' | 'operations' | 'returns' | 'ends' | 'summary'>): ServedBatch {
  return {
    ...ended,
    plan: undefined,
    onFailure: undefined,
    maxAnswerTokens: undefined,
    running: new Map(),
    questions: undefined,
    waiting: undefined,
    ahead: () => aheadOf(undefined),
    done: Promise.resolve(),
    cancel: () => undefined,
    endCleanUp: () => undefined,
  }
}
