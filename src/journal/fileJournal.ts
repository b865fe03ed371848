// journal: the event log of each run on disk, what stands beside it, and how long it stays.
import { aboutRun } from './aboutRun.js'
import type { CompiledPlan } from '../model/graph.js'
import { checkOptions, type Fields } from '../model/options/checkOptions.js'
import { hasFields, kind, someText } from '../model/options/kinds.js'
import type { Known } from '../model/known.js'
import { resumedRunOf } from './resume/resumedRunOf.js'
import type { RunState } from './resume/runState.js'
import type { JournalPort } from '../model/journal.js'
import type { Durability } from './log/logFile.js'
import { openRunLog, type RunLog } from './runLog.js'

/** Where events are kept. */
export interface JournalOptions {
  /** The folder that gets `.millrace/runs/<run id>/`. Default: the working folder. */
  readonly root?: string
  /** What a stored event survives. Default `process`. */
  readonly durability?: Durability
  /** The run that this one resumes, from `readRunState`, and the outcomes it reuses, from `remaining`. */
  readonly resumes?: { readonly run: RunState; readonly known: Known }
  /** The most output to keep of each attempt, in bytes: half of it from the beginning, half from the end. Default 1 MiB. */
  readonly outputBytes?: number
}

/** A journal of one run at a time, on disk. */
export interface FileJournal extends JournalPort {
  flush(): Promise<void>
  /** Closes the log of a run that was abandoned before its end. */
  close(): Promise<void>
}

const journalFields = {
  root: someText,
  durability: kind('one of none, process, power', (value) => value === 'none' || value === 'process' || value === 'power'),
  resumes: kind(
    'what this run resumes: { run, known }',
    (value) => hasFields(value) && hasFields(value['run']) && value['known'] instanceof Map,
  ),
  outputBytes: kind('a whole number of bytes', (value) => Number.isSafeInteger(value) && (value as number) >= 0),
} satisfies Fields<JournalOptions>

/**
 * Makes a journal for `runBatch`, which stores the events of each run in `.millrace/runs/<run id>/` below `root`.
 *
 * Nothing is written before a run starts. If events cannot be stored, the run emits `journal-failed`. With `resumes`, a run whose log
 * cannot be opened starts nothing: of two runs that resume the same one, the second would otherwise do everything again.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { runBatch } from 'millrace'
 * import { fileJournal } from 'millrace/node'
 * const finished = await lastValueFrom(runBatch([], { journal: fileJournal() }))
 * finished.type // => 'run-finished'
 * ```
 * @see {@link record} for events that come from elsewhere
 * @since 0.1.0
 */
export function fileJournal(options: JournalOptions = {}): FileJournal {
  checkOptions('fileJournal', options, journalFields)
  const { root = '.', durability = 'process', outputBytes, resumes } = options
  const origin = resumes === undefined ? {} : { resumes: resumedRunOf(resumes.run, resumes.known) }
  let log: RunLog | undefined
  let failure: { readonly error: unknown } | undefined
  let finished = false
  let notTakenOver = false
  let opened: { readonly plan: CompiledPlan | undefined } | undefined

  const flush = async (): Promise<void> => {
    if (failure !== undefined) {
      await log?.close()
      throw failure.error
    }
    // After its last event a run asks for one flush more: then its log can be closed.
    await (finished ? log?.close() : log?.flush())
  }
  return {
    holdsGates: durability !== 'none',
    get stopsRun() {
      return durability === 'power' || notTakenOver
    },
    open(run) {
      opened = run
    },
    append(event) {
      if (event.type === 'run-started') {
        failure = log = undefined
        notTakenOver = false
      }
      if (failure !== undefined) return
      finished = event.type === 'run-finished'
      // Told by the flush: an engine that heard of it here would tell of it before its first event.
      try {
        if (event.type === 'run-started')
          log = openRunLog(root, event.runId, {
            durability,
            ...(outputBytes !== undefined && { outputBytes }),
            ...(opened !== undefined && { about: aboutRun(opened.plan, origin), ...(opened.plan && { plan: opened.plan }) }),
          })
        log?.append(event)
      } catch (error) {
        failure = { error }
        if (event.type !== 'run-started' || resumes === undefined) return
        // Told at once, before anything starts: another run may be going on with the same one.
        notTakenOver = true
        throw error
      }
    },
    flush,
    close: async () => {
      await log?.close()
    },
  }
}
