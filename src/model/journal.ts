import type { BatchEvent } from './event.js'
import type { CompiledPlan } from './graph.js'

/** Stores the events of a run. The engine knows only this interface; `fileJournal` implements it with files. */
export interface JournalPort {
  /** Called once for each run, before its first event. A stream has no plan. */
  open?(run: { readonly runId: string; readonly plan: CompiledPlan | undefined }): void
  /** Takes the next event of the run. Called for every event, in order, before anyone else hears of it. */
  append(event: BatchEvent): void
  /** Resolves when everything appended so far is stored with the requested durability; rejects if that failed. */
  flush(): PromiseLike<void>
  /**
   * While too much waits to be written: resolves when it has been written, and operations pause their output until then. Otherwise
   * undefined.
   */
  room?(): PromiseLike<void> | undefined
  /** Whether dependents of an operation start only after its end is stored. */
  readonly holdsGates: boolean
  /** Whether no more operations start after an event could not be stored. */
  readonly stopsRun: boolean
}
