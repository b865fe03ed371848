import type { BatchEvent } from '../../model/event.js'
import { spanIdOf, spanIdOfRun, traceIdOf, traceParentOf } from '../../model/text/traceIds.js'
import { findingsOf, type RunWord } from '../findings/findings.js'
import { runTitle } from '../findings/wordsOf.js'
import { dependencyLists } from '../graph/dependenciesOf.js'
import { pictureOf, type ReportOptions } from '../pictureOf.js'
import type { PicturedOperation, PicturedState, RunPicture } from '../picture/picture.js'
import type { ReportAbout } from '../picture/reportAbout.js'
import { leftOutWords } from './leftOutWords.js'
import { attributesOf, operationAttributes, type SpanAttributes } from './spanAttributes.js'

type Span = Readonly<Record<string, unknown>>

const spansInRequest = 512
const mostLinks = 32
const internal = 1
const [unset, ok, error] = [0, 1, 2]

/**
 * Converts a run to OTLP/JSON: a span for the run and a child for each operation, with failed attempts as exception events and the
 * operations it depends on as links. A line is one request of at most 512 spans, to be posted to `/v1/traces` of a collector.
 *
 * The same run has the same ids each time. With `about.traceparent` it is part of that trace.
 *
 * @example
 * ```ts
 * import { lastValueFrom, toArray } from 'rxjs'
 * import { operation, runBatch } from 'millrace'
 * import { otlpTrace } from 'millrace/report'
 * const events = await lastValueFrom(runBatch([operation('build', () => 7)]).pipe(toArray()))
 * JSON.parse(otlpTrace(events)).resourceSpans[0].scopeSpans[0].spans.length // => 2
 * ```
 * @since 0.2.0
 */
export function otlpTrace(events: Iterable<BatchEvent>, about: ReportAbout = {}, options: ReportOptions = {}): string {
  return otlpText(pictureOf(events, about, options))
}

export function otlpText(picture: RunPicture): string {
  const { operations, runId } = picture
  const within = traceParentOf(picture.traceparent)
  const traceId = within?.traceId ?? traceIdOf(runId)
  const dependencies = dependencyLists(picture, mostLinks)
  const spans = [
    runSpan(picture, traceId, within?.spanId),
    ...operations.flatMap((operation, index) => {
      const span = operationSpan(operation, picture, traceId)
      return span === undefined ? [] : [{ ...span, ...linksOf(dependencies[index]!, picture, traceId) }]
    }),
  ]
  const lines: string[] = []
  for (let at = 0; at < spans.length; at += spansInRequest) lines.push(JSON.stringify(request(spans.slice(at, at + spansInRequest))))
  return `${lines.join('\n')}\n`
}

function request(spans: readonly Span[]): object {
  return {
    resourceSpans: [
      {
        resource: { attributes: attributesOf({ 'service.name': 'millrace' }) },
        scopeSpans: [{ scope: { name: 'millrace' }, spans }],
      },
    ],
  }
}

function runSpan(picture: RunPicture, traceId: string, parentSpanId: string | undefined): Span {
  const { runId, concurrency, ending, plan } = picture
  const { verdict, counts, makespanMs } = findingsOf(picture)
  const leftOut = leftOutWords(picture)
  const attributes: SpanAttributes = {
    'cicd.pipeline.name': runTitle(picture),
    'cicd.pipeline.run.id': runId,
    'cicd.pipeline.result': results[verdict],
    'millrace.plan': plan,
    'millrace.concurrency': concurrency,
    'millrace.operations': counts.total,
    'millrace.makespan_ms': makespanMs,
    'millrace.left_out': leftOut === '' ? undefined : leftOut,
  }
  return {
    traceId,
    spanId: spanIdOfRun(runId),
    ...(parentSpanId !== undefined && { parentSpanId }),
    name: runTitle(picture),
    kind: internal,
    ...times(picture, 0, picture.lastAt),
    attributes: attributesOf(attributes),
    status: ending === undefined ? { code: unset } : ending.ok ? { code: ok } : { code: error, message: ending.stopWords ?? verdict },
  }
}

const results: Readonly<Record<RunWord, string | undefined>> = {
  succeeded: 'success',
  failed: 'failure',
  interrupted: 'cancellation',
  'timed out': 'timeout',
  'did not end': undefined,
  running: undefined,
}

/** Undefined for an operation without events. */
function operationSpan(operation: PicturedOperation, picture: RunPicture, traceId: string): Span | undefined {
  const { id, title, parent, readyAt, attempts, endedAt, state, error: failure } = operation
  const { runId, operations, lastAt } = picture
  const start = attempts[0]?.startedAt ?? readyAt ?? endedAt
  if (start === undefined) return undefined
  const whole = parent === undefined ? undefined : operations[parent]
  return {
    traceId,
    spanId: spanIdOf(runId, id),
    parentSpanId: whole === undefined ? spanIdOfRun(runId) : spanIdOf(runId, whole.id),
    name: title ?? id,
    kind: internal,
    ...times(picture, start, endedAt ?? lastAt),
    attributes: attributesOf(operationAttributes(operation, lastAt, `${runId}/${id}`)),
    events: attempts.flatMap(({ message, endedAt: at = lastAt }, index) =>
      message === undefined
        ? []
        : [
            {
              timeUnixNano: nanos(picture, at),
              name: 'exception',
              attributes: attributesOf({
                'exception.type': index === attempts.length - 1 ? (failure?.type ?? 'attempt-failed') : 'attempt-failed',
                'exception.message': message,
                'millrace.attempt': index + 1,
              }),
            },
          ],
    ),
    status: { code: codes[state], ...(failure !== undefined && { message: failure.message }) },
  }
}

const codes: Readonly<Record<PicturedState, number>> = {
  succeeded: ok,
  failed: error,
  cancelled: error,
  skipped: unset,
  waiting: unset,
  ready: unset,
  running: unset,
  retrying: unset,
}

function linksOf(
  { shown, more }: { readonly shown: readonly number[]; readonly more: number },
  picture: RunPicture,
  traceId: string,
): Span {
  const links = shown.map((index) => ({ traceId, spanId: spanIdOf(picture.runId, picture.operations[index]!.id) }))
  return { links, ...(more > 0 && { droppedLinksCount: more }) }
}

function times(picture: RunPicture, from: number, to: number): Span {
  return { startTimeUnixNano: nanos(picture, from), endTimeUnixNano: nanos(picture, to) }
}

/** As text: JSON's numbers do not hold them. */
function nanos({ startedAt }: RunPicture, ms: number): string {
  return String(BigInt(Math.round((startedAt + ms) * 1_000)) * 1_000n)
}
