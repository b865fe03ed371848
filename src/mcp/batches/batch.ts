// mcp/batches: the batches of one server: started, waited for, kept and found again.
import { Subject } from 'rxjs'
import { runCompiled } from '../../engine/runCompiled.js'
import { watch, type Watch } from '../../monitor/watch.js'
import { aheadOf, type Ahead } from './ahead.js'
import type { PlaceInLine } from './line.js'
import type { OpenQuestions } from './openQuestions.js'
import type { BatchEvent, TerminalEvent } from '../../model/event.js'
import { isTerminal } from '../../model/isTerminal.js'
import type { PlainObject } from '../../model/codec/plainObject.js'
import type { CompiledPlan } from '../../model/graph.js'
import type { Known } from '../../model/known.js'
import type { JournalPort } from '../../model/journal.js'
import type { TraceContext } from '../../model/text/traceIds.js'
import type { Summary } from '../../model/summary.js'

/** An operation as its plan names it. */
export interface BatchOperation {
  readonly id: string
  /** `file.write`. */
  readonly name: string
  /** As the plan gives them; empty where the plan is not at hand. */
  readonly params: PlainObject
  /** Whether it is done once for each item of a list. */
  readonly each: boolean
}

/** Whose values the caller wants: ids and paths such as `a.bytes`, none, or those of all but changes of files. */
export type Returns = readonly string[] | 'none' | undefined

/** What is asked to run: a plan that was compiled without a fault. */
export interface BatchRequest {
  readonly id: string
  readonly plan: PlainObject
  /** What it takes over from an earlier batch, and what that may have left running: ended before anything starts. */
  readonly takesUp?: { readonly known: Known; readonly endLeft: () => Promise<void> } | undefined
  readonly name: string | undefined
  readonly operations: readonly BatchOperation[]
  readonly returns: Returns
  readonly onFailure: string | undefined
  readonly maxAnswerTokens: number | undefined
  /** The trace that it is part of. */
  readonly trace: TraceContext | undefined
  /** Where its agents' questions are kept; undefined where nobody could answer them. */
  readonly questions: OpenQuestions | undefined
}

/** A batch as the server knows it, from its start for as long as it is held. */
export interface ServedBatch {
  readonly id: string
  /** As it was sent; undefined for a batch of an earlier server, since logs have no plans. */
  readonly plan: PlainObject | undefined
  readonly name: string | undefined
  /** In the order of the plan. */
  readonly operations: readonly BatchOperation[]
  readonly returns: Returns
  readonly onFailure: string | undefined
  /** How long the answers to its call may be. */
  readonly maxAnswerTokens: number | undefined
  /** How operations ended, by id. */
  readonly ends: ReadonlyMap<string, TerminalEvent>
  /** Ids of those at work, and how far each says it is. */
  readonly running: ReadonlyMap<string, number>
  /** What its agents ask; undefined where nobody could answer. */
  readonly questions: OpenQuestions | undefined
  /** Batches in line before it; undefined once its own turn has come. */
  readonly waiting: number | undefined
  /** What can be told of the rest of it now. */
  readonly ahead: () => Ahead
  /** Set once it has finished. */
  readonly summary: Summary | undefined
  /** Done once it has finished, and then only. */
  readonly done: Promise<void>
  readonly cancel: (reason: string) => void
  /** What cleans up after a cancel has had its time. */
  readonly endCleanUp: () => void
}

/** Who hears of everything a batch tells, to keep it. */
export interface Keeper {
  readonly journal: JournalPort | undefined
  readonly see: (event: BatchEvent) => void
  /** Called once the batch has finished, before anybody is answered. */
  readonly finish: () => Promise<void>
}

/** Starts a batch. It keeps how each operation ended, and nothing of what was told on the way. */
export function openBatch(
  { id, plan, takesUp, name, operations, returns, onFailure, maxAnswerTokens, trace, questions }: BatchRequest,
  compiled: CompiledPlan,
  keeper: Keeper,
  turn: PlaceInLine,
): ServedBatch {
  const stop = new AbortController()
  const endCleanUp$ = new Subject<void>()
  const ends = new Map<string, TerminalEvent>()
  const running = new Map<string, number>()
  let summary: Summary | undefined
  let begun = false
  let watched: Watch | undefined
  const { journal } = keeper
  const options = {
    signal: stop.signal,
    runId: id,
    ...(journal !== undefined && { journal }),
    ...(takesUp !== undefined && { known: takesUp.known }),
  }
  const done = new Promise<void>((resolve, reject) => {
    const run = (): void => {
      begun = true
      runCompiled(compiled, options, { endCleanUp$, trace }).subscribe({
        next(event) {
          keeper.see(event)
          if (event.type === 'run-started') watched = watch(event, { graph: compiled.graph })
          else watched?.observe(event)
          if (event.type === 'attempt-started') running.set(event.id, 0)
          else if (event.type === 'operation-progress' && running.has(event.id)) running.set(event.id, event.fraction ?? 0)
          else if (event.type === 'attempt-failed') running.delete(event.id)
          else if (event.type === 'run-finished') summary = event.summary
          else if (isTerminal(event)) {
            running.delete(event.id)
            ends.set(event.id, event)
          }
        },
        error: reject,
        complete: resolve,
      })
    }
    turn.take(takesUp === undefined ? run : () => void takesUp.endLeft().then(run, reject), stop.signal)
  })
    .finally(turn.end)
    .then(keeper.finish)
  // Whoever waits hears of a defect; that nobody waits at the moment is no unhandled rejection.
  done.catch(() => undefined)
  return {
    id,
    plan,
    name,
    operations,
    returns,
    onFailure,
    maxAnswerTokens,
    questions,
    ends,
    running,
    get waiting() {
      return begun ? undefined : turn.before()
    },
    ahead: () => aheadOf(watched),
    get summary() {
      return summary
    },
    done,
    cancel: (reason) => stop.abort(new Error(reason)),
    endCleanUp: () => endCleanUp$.next(),
  }
}
