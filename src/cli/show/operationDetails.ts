import { TextEncoder } from 'node:util'
import type { BatchEvent, TerminalEvent } from '../../model/event.js'
import { headAndTail, type HeadAndTail } from '../../model/text/headAndTail.js'
import { isTerminal } from '../../model/isTerminal.js'
import type { OperationError } from '../../model/operationError.js'

/** One try at an operation, as its log tells it. */
export interface ShownAttempt {
  readonly attempt: number
  /** When its work began: at its worker, where one performed it. */
  startedAt: number
  /** Who performed it elsewhere. */
  worker?: string
  endedAt?: number
  error?: OperationError
}

/** What the log of a run tells of one operation. */
export interface OperationDetails {
  readonly id: string
  name: string | undefined
  title: string | undefined
  runStartedAt: number
  readyAt: number | undefined
  readonly attempts: ShownAttempt[]
  readonly stdout: HeadAndTail
  readonly stderr: HeadAndTail
  end: TerminalEvent | undefined
  /** How its parts ended, by outcome; the failed ones by name. */
  readonly parts: Map<TerminalEvent['type'], number>
  readonly failedParts: string[]
  /** When each operation that ended before this one was ready did so: to say which it waited for. */
  readonly endedBefore: Map<string, number>
}

/** Of one stream: more than this is shown by its beginning and its end. */
const mostBytes = 8 * 1_024 * 1_024
const mostFailedParts = 20
const utf8 = new TextEncoder()

export function operationDetails(id: string): OperationDetails {
  return {
    id,
    name: undefined,
    title: undefined,
    runStartedAt: 0,
    readyAt: undefined,
    attempts: [],
    stdout: headAndTail(mostBytes, mostBytes),
    stderr: headAndTail(mostBytes, mostBytes),
    end: undefined,
    parts: new Map(),
    failedParts: [],
    endedBefore: new Map(),
  }
}

/** Takes one event of the run into the details, in place. */
export function addToOperation(details: OperationDetails, event: BatchEvent): void {
  if (event.type === 'run-started') details.runStartedAt = event.at
  if (isTerminal(event) && event.id !== details.id) {
    if (details.readyAt === undefined) details.endedBefore.set(event.id, event.at)
    if (event.parent === details.id) addPart(details, event)
  }
  if (!('id' in event) || event.id !== details.id) return
  if (isTerminal(event)) details.end = event
  switch (event.type) {
    case 'operation-ready':
      details.name = event.name
      details.title = event.title
      details.readyAt ??= event.at
      break
    case 'attempt-started':
      details.attempts.push({ attempt: event.attempt, startedAt: event.at })
      break
    case 'attempt-placed':
      Object.assign(details.attempts.at(-1) ?? {}, { startedAt: event.at, worker: event.worker })
      break
    case 'attempt-failed':
      endAttempt(details, event.at, event.error)
      break
    case 'operation-output':
      details[event.stream].add(utf8.encode(event.text))
      break
    case 'operation-succeeded':
    case 'operation-failed':
    case 'operation-cancelled':
      endAttempt(details, event.at)
      break
    case 'operation-skipped':
    case 'operation-added':
    case 'operation-progress':
    case 'operation-emitted':
    case 'operation-undone':
    case 'undo-failed':
    case 'process-started':
      break
  }
}

function addPart({ parts, failedParts }: OperationDetails, { type, id }: TerminalEvent): void {
  parts.set(type, (parts.get(type) ?? 0) + 1)
  if (type === 'operation-failed' && failedParts.length < mostFailedParts) failedParts.push(id)
}

function endAttempt({ attempts }: OperationDetails, at: number, error?: OperationError): void {
  const last = attempts.at(-1)
  if (last === undefined) return
  last.endedAt ??= at
  if (error !== undefined) last.error = error
}
