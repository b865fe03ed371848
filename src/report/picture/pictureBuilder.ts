import type { AttemptStarted, BatchEvent, OperationReady, RunFinished, RunStarted, TerminalEvent } from '../../model/event.js'
import type { OperationError } from '../../model/operationError.js'
import { addUsage, usageIn } from '../../model/usage.js'
import { cutText } from './keptText.js'
import { soundWiring } from './soundWiring.js'
import { laneKeeper } from './laneKeeper.js'
import { outputKeeper, type OutputRoom, usualRoom } from './outputKeeper.js'
import type { PicturedError, PicturedOperation, PicturedState, RunPicture } from './picture.js'
import type { ReportAbout } from './reportAbout.js'
import { cancelNote, rollbackNote, skipNote, stopNote } from './words.js'

/** Takes the events of one run, and has the picture of what they came to so far. */
export interface PictureBuilder {
  readonly add: (event: BatchEvent) => void
  /** What has been given out so far is put into it when it is asked for. */
  readonly picture: () => RunPicture
}

const mostBecause = 5
const mostMessage = 2_000
const mostAttemptMessage = 300
const mostNotes = 20

/** `from` is a picture to go on with: that of a run that still goes on. */
export function pictureBuilder(about: ReportAbout = {}, room: OutputRoom = usualRoom, from?: RunPicture): PictureBuilder {
  const picture = from ?? emptyPicture(about)
  const { operations } = picture
  const placeOf = new Map(operations.map(({ id }, index) => [id, index]))
  const outputs = outputKeeper(room)
  const lanes = laneKeeper()
  for (const operation of operations) holdLanes(operation)

  function holdLanes({ state, attempts, detached }: PicturedOperation): void {
    const last = attempts.at(-1)
    if (last !== undefined && (state === 'running' || detached)) lanes.hold(last.lanes)
  }

  const note = (text: string): void => {
    if (picture.notes.length < mostNotes) picture.notes.push(text)
    else picture.moreNotes++
  }

  const operationOf = (id: string, parent?: string): PicturedOperation => {
    const known = placeOf.get(id)
    if (known !== undefined) return operations[known]!
    const added = emptyOperation(id)
    if (parent !== undefined) added.parent = placeOf.get(parent)
    placeOf.set(id, operations.length)
    operations.push(added)
    return added
  }

  const began = (event: RunStarted): void => {
    picture.runId = event.runId
    picture.name = event.name
    picture.startedAt = event.at
    picture.concurrency = event.concurrency
    picture.lanes = Math.max(picture.lanes, event.concurrency)
    picture.streamed = event.streamed === true
    picture.announced = event.operations
  }

  const ready = (event: OperationReady): void => {
    const operation = operationOf(event.id, event.parent)
    operation.type = event.name
    operation.weight = event.weight ?? 1
    operation.readyAt ??= event.at - picture.startedAt
    operation.state = 'ready'
  }

  const started = (event: AttemptStarted): void => {
    const operation = operationOf(event.id, event.parent)
    operation.state = 'running'
    const { weight, attempts } = operation
    attempts.push({
      startedAt: event.at - picture.startedAt,
      endedAt: undefined,
      lanes: lanes.take(weight),
      message: undefined,
      placed: undefined,
    })
    picture.lanes = Math.max(picture.lanes, lanes.most)
  }

  /** An attempt is over: its lanes are free, unless its body is still at work. */
  const attemptOver = (operation: PicturedOperation, at: number, error?: OperationError, detached = false): void => {
    const last = operation.attempts.at(-1)
    if (last === undefined || last.endedAt !== undefined) return
    last.endedAt = at - picture.startedAt
    if (error !== undefined) last.message = cutText(error.message, mostAttemptMessage)
    if (!detached) lanes.free(last.lanes)
  }

  const ended = (event: TerminalEvent): void => {
    const operation = operationOf(event.id, event.parent)
    operation.endedAt = event.at - picture.startedAt
    operation.state = stateAt(event.type)
    switch (event.type) {
      case 'operation-succeeded':
        attemptOver(operation, event.at)
        if (event.recoveredFrom !== undefined) {
          operation.note = `its fallback value was used, after: ${cutText(event.recoveredFrom.message, mostAttemptMessage)}`
        } else if (event.sharedWith !== undefined) operation.note = `shares the result of ${event.sharedWith}`
        else if (event.reusedFrom !== undefined) operation.note = `has the result it had in the run ${event.reusedFrom}`
        return
      case 'operation-failed':
        operation.detached = event.detached === true
        attemptOver(operation, event.at, event.error, operation.detached)
        operation.error = shownError(event.error)
        operation.whole = event.error.because !== undefined && event.error.because.length > 0
        outputs.ofError(operation, event.error)
        return
      case 'operation-cancelled':
        operation.detached = event.detached === true
        attemptOver(operation, event.at, undefined, operation.detached)
        operation.note = cancelNote(event.cause)
        if (event.output !== undefined) outputs.ofError(operation, event.output)
        return
      case 'operation-skipped':
        operation.note = skipNote(
          event,
          event.because.every((id) => operationOf(id).state === 'cancelled'),
        )
        operation.because = event.because.slice(0, mostBecause)
        if (event.reason !== 'gate') for (const id of event.because) operationOf(id).blocked++
    }
  }

  const finished = ({ summary }: RunFinished): void => {
    const { stoppedBy, rollback, detached } = summary
    picture.ending = { ok: summary.ok, stopType: stoppedBy?.type, stopWords: stoppedBy && stopNote(stoppedBy) }
    picture.live = false
    if (rollback !== undefined) note(rollbackNote(rollback))
    if (detached.length > 0) note(`Possibly still running, because the abort was ignored: ${detached.slice(0, 5).join(', ')}.`)
  }

  return {
    picture() {
      outputs.write(picture)
      return picture
    },
    add(event) {
      // The clock of a log is the engine's and never goes back; one put together by hand may.
      picture.lastAt = Math.max(picture.lastAt, event.type === 'run-started' ? 0 : event.at - picture.startedAt)
      switch (event.type) {
        case 'run-started':
          return began(event)
        case 'operation-added':
          return void operationOf(event.id, event.parent)
        case 'operation-ready':
          return ready(event)
        case 'attempt-started':
          return started(event)
        case 'attempt-placed': {
          const last = operationOf(event.id, event.parent).attempts.at(-1)
          if (last !== undefined) last.placed = { worker: event.worker, queuedMs: event.queuedMs }
          return
        }
        case 'attempt-failed': {
          const operation = operationOf(event.id, event.parent)
          // The last one ends with its operation, which says whether its slots are free.
          if (event.retryInMs === undefined) return noteFailure(operation, event.error)
          operation.state = 'retrying'
          return attemptOver(operation, event.at, event.error)
        }
        case 'operation-output':
          return outputs.add(operationOf(event.id, event.parent), event)
        case 'operation-emitted': {
          const used = usageIn(event.name, event.data)
          const operation = operationOf(event.id, event.parent)
          if (used !== undefined) operation.usage = addUsage(operation.usage, used)
          return
        }
        case 'operation-succeeded':
        case 'operation-failed':
        case 'operation-skipped':
        case 'operation-cancelled':
          return ended(event)
        case 'undo-failed':
          note(`Not undone: ${event.id}. ${cutText(event.error.message, mostAttemptMessage)}`)
          return
        case 'journal-failed':
          note(`The event log could not be written, and some events are missing: ${cutText(event.error.message, mostAttemptMessage)}`)
          return
        case 'pool-closed':
          note(`The pool ${event.pool} was closed for ${Math.round(event.until - event.at)} ms: a server asked to wait.`)
          return
        case 'run-finished':
          return finished(event)
        case 'process-started':
        case 'operation-progress':
        case 'operation-undone':
      }
    },
  }
}

function noteFailure(operation: PicturedOperation, error: OperationError): void {
  const last = operation.attempts.at(-1)
  if (last !== undefined) last.message = cutText(error.message, mostAttemptMessage)
}

function shownError({ type, message }: OperationError): PicturedError {
  return { type, message: cutText(message, mostMessage) }
}

function stateAt(type: TerminalEvent['type']): PicturedState {
  switch (type) {
    case 'operation-succeeded':
      return 'succeeded'
    case 'operation-failed':
      return 'failed'
    case 'operation-skipped':
      return 'skipped'
    case 'operation-cancelled':
      return 'cancelled'
  }
}

function emptyPicture({ plan, traceparent, operations = [], wiring }: ReportAbout): RunPicture {
  return {
    runId: '',
    name: undefined,
    plan,
    traceparent,
    startedAt: 0,
    concurrency: 0,
    streamed: false,
    lastAt: 0,
    announced: 0,
    operations: operations.map(({ id, type = '', title }) => ({ ...emptyOperation(id), type, title })),
    lanes: 0,
    ending: undefined,
    notes: [],
    moreNotes: 0,
    wiring: wiring && soundWiring(wiring, operations.length),
    history: undefined,
    leftOut: { operations: 0, bytes: 0 },
    live: false,
  }
}

/** One object literal for all: a run may have a million. */
function emptyOperation(id: string): PicturedOperation {
  return {
    id,
    type: '',
    title: undefined,
    parent: undefined,
    weight: 1,
    state: 'waiting',
    readyAt: undefined,
    endedAt: undefined,
    attempts: [],
    error: undefined,
    note: undefined,
    because: [],
    whole: false,
    blocked: 0,
    output: undefined,
    usage: undefined,
    detached: false,
  }
}
