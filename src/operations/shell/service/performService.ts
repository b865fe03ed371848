// operations/shell/service: a program that runs beside those that depend on it, from its start until it is needed no more.
import { StringDecoder } from 'node:string_decoder'
import * as E from 'fp-ts/lib/Either.js'
import type { OperationError } from '../../../model/operationError.js'
import type { AttemptContext } from '../../../model/work.js'
import { processStart } from '../../../system/processStart.js'
import { untilRoom } from '../../untilRoom.js'
import { startingPoint, type RunSettings } from '../performRun.js'
import { runProgram, type OnOutput, type ProgramEnd } from '../runProgram.js'
import { stopped } from '../runOutcome.js'
import { portProbe, untilThere, urlProbe, type Probe } from './probes.js'
import { urlPort, readyLine, resultOfLine } from './readyLine.js'
import { defaultReadyMs, type Ready, type ServiceParams, type ServiceResult } from './serviceParams.js'

/**
 * One attempt of a service: its program runs until the attempt is aborted, and with it its whole group. Comes to a failure in any case:
 * a service that is needed no more was aborted, and its run knows what it stood ready with.
 */
export async function performService(
  params: ServiceParams,
  context: AttemptContext,
  settings: RunSettings,
): Promise<E.Either<OperationError, ServiceResult>> {
  const { ready } = params
  const { timeoutMs = defaultReadyMs } = ready
  const [program = ''] = params.command
  const start = await startingPoint(params, settings, context)
  const taken = await takenPort(ready, context.signal)
  if (taken !== undefined) return E.left(inUse(taken, program, ready))
  // A process started now would only be killed at once.
  if (context.signal.aborted) return E.left(stopped(start.file, 'SIGTERM'))

  const late = new AbortController()
  const over = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let isReady = false
  const stand = (result: ServiceResult): void => {
    if (isReady || late.signal.aborted || over.signal.aborted) return
    isReady = true
    clearTimeout(timer)
    context.ready(result)
  }
  const onStart = (pid: number): void => {
    context.process(pid, processStart(pid))
    timer = setTimeout(() => late.abort(), timeoutMs)
    const probe = probeOf(ready)
    const ended = AbortSignal.any([context.signal, late.signal, over.signal])
    if (probe !== undefined) void untilThere(probe, ended).then((there) => there && stand(resultOf(ready)))
  }
  const hear = output(context, ready.line, (line) => stand(resultOfLine(line)))
  const end = await runProgram({ ...start, onStart }, hear, AbortSignal.any([context.signal, late.signal]), settings.graceMs).finally(
    () => {
      clearTimeout(timer)
      over.abort()
    },
  )
  if (context.signal.aborted) return E.left(stopped(program, end.killedBy ?? 'SIGTERM'))
  if (late.signal.aborted) return E.left(neverReady(program, ready, timeoutMs))
  return E.left(endedEarly(program, end, isReady))
}

/** Tells what it writes, and each line that was waited for. */
function output(context: AttemptContext, line: string | undefined, found: (line: string) => void): OnOutput {
  const decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') }
  const lines = line === undefined ? undefined : { stdout: readyLine(line), stderr: readyLine(line) }
  return (stream, chunk) => {
    const text = decoders[stream].write(chunk)
    if (text !== '') context.output(stream, text)
    const told = lines?.[stream](text)
    if (told !== undefined) found(told)
    return untilRoom(context)
  }
}

function probeOf({ port, url }: Ready): Probe | undefined {
  if (port !== undefined) return portProbe(port)
  return url === undefined ? undefined : urlProbe(url)
}

function resultOf({ port, url }: Ready): ServiceResult {
  if (url !== undefined) return { url, port: urlPort(url) }
  return port === undefined ? {} : { port }
}

/** The port by which it is to be known, if another process listens there: its dependents would work with that one. */
async function takenPort({ port, url }: Ready, signal: AbortSignal): Promise<number | undefined> {
  const own = port ?? (url === undefined ? undefined : urlPort(url))
  return own !== undefined && (await portProbe(own)(signal)) ? own : undefined
}

function inUse(port: number, program: string, { url }: Ready): OperationError {
  const field = url === undefined ? 'ready.port' : 'ready.url'
  const message = `${field}: another process already listens on port ${port}, and would answer instead of ${program}. End that process, or give the service another port.`
  return { type: 'system', code: 'EADDRINUSE', message, retryable: true }
}

function neverReady(program: string, ready: Ready, timeoutMs: number): OperationError {
  const message = `${program} was not ready within ${timeoutMs} ms: ${missing(ready)}. It was stopped. Raise ready.timeoutMs if it needs more time.`
  return { type: 'timeout', message, retryable: true, timeoutMs }
}

function missing({ line, port, url }: Ready): string {
  if (line !== undefined) return `it ended no line with ${JSON.stringify(line)} in it`
  return port === undefined ? `a GET of ${url} had no answer with a status below 400` : `nothing accepted connections on port ${port}`
}

function endedEarly(program: string, { exitCode, killedBy, silent }: ProgramEnd, wasReady: boolean): OperationError {
  const when = wasReady ? 'while operations that depend on it had not ended' : 'before it was ready'
  const words = `${wasReady ? ' A service has to run until it is stopped.' : ''}${silent ? ' It wrote nothing.' : ''}`
  if (exitCode !== null)
    return { type: 'exit-code', message: `${program} exited with code ${exitCode} ${when}.${words}`, retryable: true, exitCode }
  const signal = killedBy ?? 'an unknown signal'
  return { type: 'killed', message: `${program} was killed by ${signal} ${when}.${words}`, retryable: true, killedBy: signal }
}
