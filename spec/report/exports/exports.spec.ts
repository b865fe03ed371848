import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isTerminal } from '../../../src/model/isTerminal.js'
import { spanIdOf } from '../../../src/model/text/traceIds.js'
import { githubAnnotations } from '../../../src/report/exports/githubSummary.js'
import { pictureOf } from '../../../src/report/pictureOf.js'
import { chromeTrace, githubSummary, openMetrics, otlpTrace } from '../../../src/report.js'
import { failed, hostile, hostileTexts, interrupted, killed, large, streamed, succeeded } from '../support/goldenRuns.js'
import { understood } from '../support/otlpMessages.js'
import { simulatedRun, type RecordedRun } from '../support/simulatedRun.js'

const test = suite('exports')

const golden: Readonly<Record<string, () => RecordedRun>> = {
  succeeded,
  failed,
  interrupted,
  killed,
  streamed,
  hostile,
  large: () => large(2_000),
}

interface Slice {
  readonly ph: string
  readonly tid: number
  readonly ts: number
  readonly dur: number
  readonly name: string
  readonly id: number
}
const slicesIn = (trace: string): readonly Slice[] => (JSON.parse(trace) as { readonly traceEvents: readonly Slice[] }).traceEvents

const weighted = (): RecordedRun =>
  simulatedRun({
    concurrency: 6,
    operations: Array.from({ length: 80 }, (_, index) => ({
      id: `a${index}`,
      type: 'sim.work',
      params: { ms: 1.37 + ((index * 7) % 23) / 3, fails: index % 9 === 0 ? 1 : 0 },
      weight: 1 + (index % 3),
      retry: { attempts: 2, delayMs: 3 },
    })),
  })

for (const [name, recorded] of Object.entries({ ...golden, weighted })) {
  test(`a Chrome trace has as many lanes as the limit, and nothing overlaps in any: ${name}`, () => {
    const { events, about } = recorded()
    const all = slicesIn(chromeTrace(events, about))
    const started = events[0]!
    const limit = started.type === 'run-started' ? started.concurrency : 0
    assert.is(all.filter((event) => event.name === 'thread_name').length, limit)
    const slices = all.filter(({ ph }) => ph === 'X')
    for (let lane = 1; lane <= limit; lane++) {
      const inLane = slices.filter(({ tid }) => tid === lane).sort((a, b) => a.ts - b.ts || a.dur - b.dur)
      for (const [place, { ts }] of inLane.entries()) {
        const before = inLane[place - 1]
        assert.ok(before === undefined || ts >= before.ts + before.dur, `${lane}: ${ts}`)
      }
    }
    assert.ok(slices.every(({ tid, dur }) => tid >= 1 && tid <= limit && dur >= 0))
    const attempts = events.filter(({ type }) => type === 'attempt-started').length
    if (name !== 'weighted') assert.is(slices.length, attempts)
    const [begun, ended] = [all.filter(({ ph }) => ph === 's'), all.filter(({ ph }) => ph === 'f')]
    assert.equal(new Set(begun.map(({ id }) => id)), new Set(ended.map(({ id }) => id)))
  })

  test(`OTLP comes through the wire format as it was: ${name}`, () => {
    const { events, about } = recorded()
    const lines = otlpTrace(events, about).trimEnd().split('\n')
    const ids = new Set<string>()
    for (const line of lines) {
      const request = JSON.parse(line) as {
        readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly { readonly spanId: string }[] }[] }[]
      }
      // What no message has, or of another type, would be gone or changed. Empty lists and zeros are not on the wire.
      assert.equal(withoutDefaults(understood(request)), withoutDefaults(request))
      const { spans } = request.resourceSpans[0]!.scopeSpans[0]!
      assert.ok(spans.length <= 512)
      for (const { spanId } of spans) ids.add(spanId)
    }
    const told = new Set(
      events.flatMap((event) => ('id' in event && (isTerminal(event) || event.type === 'operation-ready') ? [event.id] : [])),
    )
    assert.is(ids.size, told.size + 1)
  })

  test(`OpenMetrics is of its form, and agrees with the events: ${name}`, () => {
    const { events, about } = recorded()
    const lines = openMetrics(events, about).split('\n')
    assert.equal(lines.slice(-2), ['# EOF', ''])
    for (const line of lines.slice(0, -2))
      assert.match(
        line,
        /^(# (TYPE|UNIT|HELP) millrace_\w+ .+|millrace_\w+\{\w+="(?:[^"\\\n]|\\["\\n])*"(?:,\w+="(?:[^"\\\n]|\\["\\n])*")*\} -?\d[\d.e+-]*)$/,
      )
    const sum = (pattern: RegExp): number =>
      lines.filter((line) => pattern.test(line)).reduce((total, line) => total + Number(line.split(' ').at(-1)), 0)
    assert.is(sum(/^millrace_operations_total\{[^]*outcome="failed"\}/), events.filter(({ type }) => type === 'operation-failed').length)
    assert.is(
      sum(/^millrace_operations_total\{[^]*outcome="succeeded"\}/),
      events.filter(({ type }) => type === 'operation-succeeded').length,
    )
    assert.is(sum(/^millrace_attempts_total/), events.filter(({ type }) => type === 'attempt-started').length)
    assert.is(sum(/^millrace_operation_duration_seconds_bucket\{[^]*le="\+Inf"/), sum(/^millrace_operation_duration_seconds_count/))
  })

  test(`a job summary has room in a job, and no text of the run is markup: ${name}`, () => {
    const { events, about } = recorded()
    const text = githubSummary(events, about)
    assert.ok(Buffer.byteLength(text) <= 900_000)
    const outside = text.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
    for (const one of hostileTexts.filter((hostileText) => /<(script|img|svg|br)/.test(hostileText)))
      assert.not.ok(outside.includes(one), one)
    for (const line of githubAnnotations(pictureOf(events, about, {}))) assert.match(line, /^::error( title=[^\n\r:,]*)?::[^\n\r]*$/)
  })
}

function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      (Array.isArray(member) && member.length === 0) ||
      (key === 'code' && member === 0) ||
      (key === 'name' && member === '') ||
      (key.endsWith('UnixNano') && member === '0')
        ? []
        : [[key, withoutDefaults(member)]],
    ),
  )
}

test('spans nest and link as operations do, with failed attempts as exceptions, in the trace the run was given', () => {
  const { events, about } = failed()
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  type Span = Readonly<Record<string, never>> & {
    readonly links: readonly { readonly spanId: string }[]
    readonly events: readonly object[]
  }
  const { resourceSpans } = JSON.parse(otlpTrace(events, { ...about, traceparent })) as {
    readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[]
  }
  const spans = new Map(resourceSpans[0]!.scopeSpans[0]!.spans.map((span) => [String(span['name']), span]))
  const root = spans.get('site')!
  assert.is(root['parentSpanId'], 'b7ad6b7169203331')
  for (const [name, span] of spans) {
    assert.is(span['traceId'], '0af7651916cd43dd8448eb211c80319c')
    if (name !== 'site') assert.is(span['parentSpanId'], root['spanId'])
  }
  assert.equal(
    new Set(spans.get('pack')!.links.map(({ spanId }) => spanId)),
    new Set(['e2e', 'docs', 'lint', 'unit'].map((id) => spanIdOf('run-of-the-spec', id))),
  )
  assert.is(spans.get('unit')!.events.length, 1)
  assert.is(spans.get('e2e')!.events.length, 1)
  assert.match(JSON.stringify(spans.get('types')), /"gen_ai\.usage\.input_tokens","value":\{"intValue":"1200"\}/)
  assert.match(JSON.stringify(spans.get('e2e')), /"cicd\.pipeline\.task\.run\.result","value":\{"stringValue":"failure"\}/)
})

test('every beginning of a log can be exported', () => {
  for (const recorded of [failed, hostile, streamed]) {
    const { events, about } = recorded()
    for (let length = 0; length <= events.length; length++) {
      const beginning = events.slice(0, length)
      JSON.parse(chromeTrace(beginning, about))
      for (const line of otlpTrace(beginning, about).trimEnd().split('\n')) understood(JSON.parse(line))
      assert.ok(openMetrics(beginning, about).endsWith('# EOF\n'))
      assert.ok(githubSummary(beginning, about).startsWith('## '))
    }
  }
})

test('annotates what failed by itself, and no more than a job shows', () => {
  const of = ({ events, about }: RecordedRun): readonly string[] => githubAnnotations(pictureOf(events, about, {}))
  assert.equal(of(failed()), ['::error title=e2e failed::Error: Expected the title to be "Home", received "404".'])
  const many = of(
    simulatedRun({
      operations: Array.from({ length: 30 }, (_, index) => ({ id: `a${index}`, type: 'sim.a', params: { ms: 1, fails: 1 } })),
    }),
  )
  assert.is(many.length, 10)
  assert.is(many.at(-1), '::error::21 more operations failed by themselves.')
})

test('a summary of much leaves out what there is no room for, and says so', () => {
  const long = 'é`'.repeat(40_000)
  const { events, about } = simulatedRun({
    operations: Array.from({ length: 400 }, (_, index) => ({
      id: `a${index}`,
      type: 'sim.a',
      params: { ms: 1, fails: 1, says: [long], error: long },
    })),
  })
  const text = githubSummary(events, about, { all: true })
  assert.ok(Buffer.byteLength(text) <= 900_000, `${Buffer.byteLength(text)}`)
  assert.match(text, /350 more operations failed by themselves/)
})

test.run()
