import type { BatchEvent } from './event.js'
import type { CompiledPlan } from './graph.js'

/** Stores the events of a run. The engine knows only this interface; `fileJournal` implements it with files. */
export interface JournalPort {
  /** Hears what is about to run, once a run and before its first event; of a stream there is no plan. */
  open?(run: { readonly runId: string; readonly plan: CompiledPlan | undefined }): void
  /** Takes the next event of the run. Called for every event, in order, before anyone else hears of it. */
  append(event: BatchEvent): void
  /** Resolves once everything appended so far is kept as safely as was asked for; rejects when it could not be. */
  flush(): PromiseLike<void>
  /** Resolves when what was appended has been written, while more waits than it should; undefined else. Operations pause their output. */
  room?(): PromiseLike<void> | undefined
  /** Whether what depends on an operation starts only once the end of that operation is kept. */
  readonly holdsGates: boolean
  /** Whether nothing more may start once something could not be kept. */
  readonly stopsRun: boolean
}
