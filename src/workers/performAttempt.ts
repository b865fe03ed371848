// workers: what a process does that performs attempts for the runs of others; bullmq/ brings them over a queue on Redis.
import { observeWork } from '../engine/attempts/observeWork.js'
import { redaction, type Redaction } from '../engine/secrets/redaction.js'
import { problemOf, pathOf } from '../model/codec/problem.js'
import { formatPath } from '../model/fault/formatPath.js'
import { quoteText } from '../model/fault/quote.js'
import { OperationFailure } from '../model/operationError.js'
import { operationName, type OperationRegistry, type OperationType } from '../model/operationType.js'
import type { PlacedAttempt } from '../model/performer.js'
import type { AttemptContext } from '../model/work.js'

/** Who hears what an attempt gives out before it ends. */
export type Heard = Pick<AttemptContext, 'signal' | 'output' | 'progress' | 'emit' | 'room' | 'process'>

/**
 * Performs one attempt with what this process has and allows, and gives its result encoded. Its params are data: they are decoded by the
 * codec of the operation type and never read as a plan. Rejects with whatever it failed with.
 */
export async function performAttempt(registry: OperationRegistry, attempt: PlacedAttempt, heard: Heard): Promise<unknown> {
  const operationType = registry.get(operationName(attempt))
  if (operationType === undefined || operationType.local === true || operationType.coordinates === true) throw notHere(attempt, registry)
  const params = decodedParams(operationType, attempt.params)
  const value = await bodyOf(operationType, params, contextOf(attempt, heard), heard.signal)
  return operationType.result.encode(value)
}

function decodedParams(operationType: OperationType, encoded: unknown): unknown {
  const decoded = operationType.params.decode(encoded)
  if (decoded._tag === 'Right') return decoded.right
  const error = decoded.left[0]!
  const at = pathOf(error)
  const problem = problemOf(error)
  // A value may be a secret: its place has to do.
  const what = problem === undefined ? `expected ${error.context.at(-1)!.type.name}` : problem.type.replace('-', ' ')
  const message = `${at.length === 0 ? '' : `${formatPath(at)}: `}${what}: this worker rejects what the run sent for ${quoteText(operationName(operationType))}.\nUse the same version of it on both.`
  throw new OperationFailure({ type: 'invalid-params', message, retryable: false, at })
}

function bodyOf(operationType: OperationType, params: unknown, context: AttemptContext, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stop = observeWork(operationType.perform(params, context), { gave: resolve, threw: reject })
    if (stop === undefined) return
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}

function contextOf({ id, runId, attempt, secrets, trace }: PlacedAttempt, heard: Heard): AttemptContext {
  const hidden = secrets.length === 0 ? nothingHidden : redaction()
  for (const text of secrets) hidden.conceal(text)
  return {
    id,
    runId,
    attempt,
    trace,
    undoable: false,
    signal: heard.signal,
    output: heard.output,
    progress: heard.progress,
    emit: heard.emit,
    ready: () => undefined, // A service is performed where its run is.
    room: heard.room,
    process: heard.process,
    redact: (text) => hidden.redact(text),
    redactStream: () => hidden.redactStream(),
    onUndo: () => undefined,
    child() {
      throw new TypeError('An operation that runs on a worker cannot add operations.')
    },
  }
}

// Most attempts have no secret: for those nothing is made.
const nothingHidden: Pick<Redaction, 'conceal' | 'redact' | 'redactStream'> = {
  conceal: () => undefined,
  redact: (text) => text,
  redactStream: () => ({ add: (text) => text, end: () => '' }),
}

function notHere(attempt: PlacedAttempt, registry: OperationRegistry): OperationFailure {
  const name = operationName(attempt)
  const message = `This worker does not perform ${quoteText(name)}: it has ${[...registry.keys()].join(', ')}.\nStart the worker with it, or give the operation another place.`
  return new OperationFailure({ type: 'not-allowed', message, retryable: false, what: name })
}
