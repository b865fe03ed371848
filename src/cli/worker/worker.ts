// cli/worker: the command that performs what runs on other machines send to a queue.
import type { Observable } from 'rxjs'
import { Place } from '../../model/plan.js'
import { missingPrograms } from '../../operations/shell/programs.js'
import type { WorkerEvent } from '../../workers/bullmq/worker/bullmqWorker.js'
import { visible } from '../../terminal/text/visible.js'
import { rootFault } from '../flags/rootFault.js'
import { operationsFor, type PlanReaderFlags } from '../flags/settings.js'
import { exitCodes } from '../process/exitCodes.js'
import { hearInterrupts, type Interrupt } from '../process/interrupts.js'
import { refuseUsage } from '../process/refuseUsage.js'
import { queueFault, queueModules } from '../flags/queue.js'

export interface WorkerFlags extends Pick<PlanReaderFlags, 'root' | 'allowProgram' | 'allowPrivateAddresses' | 'config'> {
  readonly place?: string
  readonly slots?: number
  readonly quiet?: true
}

/** `millrace worker`. Answers the exit code. */
export async function worker(url: string, flags: WorkerFlags): Promise<number> {
  const { root, place, slots, allowProgram = [], quiet = false } = flags
  const fault = (await rootFault(flags)) ?? placeFault(place) ?? programFault(allowProgram) ?? (await queueFault(url))
  if (fault !== undefined) return refuseUsage(fault)
  const { bullmqWorker } = await queueModules()
  const stop = new AbortController()
  const events$ = bullmqWorker({
    url,
    operations: operationsFor({ ...flags, color: false }),
    root: root?.[0] ?? '.',
    signal: stop.signal,
    ...(place !== undefined && { place }),
    ...(slots !== undefined && { slots }),
  })
  return run(events$, stop, quiet)
}

/** Until it has stopped by itself after the first signal, or has ended what it performed after the second. */
function run(events$: Observable<WorkerEvent>, stop: AbortController, quiet: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    let aborted: Interrupt | undefined
    const abort = new AbortController()
    const interrupts = hearInterrupts(
      () => stop.abort(),
      (signal) => {
        aborted = signal
        abort.abort()
      },
    )
    const done = (): void => {
      interrupts.off()
      resolve(aborted === undefined ? exitCodes.ok : exitCodes[aborted])
    }
    const running = events$.subscribe({
      next(event) {
        if (!quiet || event.type === 'job-refused' || event.type === 'queue-failed')
          process.stderr.write(`millrace worker: ${lineOf(event)}\n`)
      },
      error: reject,
      complete: done,
    })
    // What is left of it ends by itself: this process is kept by its connections until then.
    abort.signal.addEventListener('abort', () => {
      running.unsubscribe()
      done()
    })
  })
}

function lineOf(event: WorkerEvent): string {
  switch (event.type) {
    case 'worker-started':
      return `${visible(event.worker)} takes operations for ${event.places.join(' and ')}, ${event.slots} at once.`
    case 'attempt-begun':
      return `began ${visible(event.key)} (${visible(event.name)})`
    case 'attempt-ended':
      return `${event.outcome} ${visible(event.key)}`
    case 'job-refused':
      return refusals[event.reason](event.key === undefined ? '' : visible(event.key))
    case 'queue-failed':
      return `the queue: ${visible(event.message)}`
    case 'worker-stopping':
      return 'takes no more operations, and finishes those it performs.'
  }
}

const refusals = {
  'not-sealed': () =>
    'refused an entry of the queue that is not sealed with its key. Give the run and the worker the same MILLRACE_QUEUE_KEY.',
  'no-run': (key: string) => `refused ${key}: the run that wanted it is gone.`,
  denied: (key: string) => `refused ${key}: its run no longer needs it.`,
}

function placeFault(place: string | undefined): string | undefined {
  if (place === undefined || (Place.is(place) && place !== 'here')) return undefined
  return `--place: ${JSON.stringify(place)} is not a valid place. Use letters, digits, ".", "_" and "-"; "here" is the run itself.`
}

function programFault(names: readonly string[]): string | undefined {
  const missing = missingPrograms(names)
  if (missing.length === 0) return undefined
  return `--allow-program: ${missing.map((name) => JSON.stringify(name)).join(', ')} cannot be found or run. Install it, or name it by its path.`
}
