// operations/agent/lines: how agent programs write their output, line by line.
import type { Usage } from '../../../model/usage.js'

/** One thing an agent program tells: a union on `type`. */
export type RunnerEvent =
  | { readonly type: 'output'; readonly text: string }
  | { readonly type: 'progress'; readonly fraction?: number; readonly message?: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** What it gives; the last one counts. */
  | { readonly type: 'answer'; readonly text: string }
  /** It has done its task: all there is to come is its exit. */
  | { readonly type: 'done' }
  | { readonly type: 'failure'; readonly message: string }
  /** It cannot go on without an answer to this. */
  | { readonly type: 'input-required'; readonly question: string }

/** Reads one line of output, without its end. Never throws: what it does not know, it passes on as output or passes over. */
export type ReadLine = (line: string) => readonly RunnerEvent[]
