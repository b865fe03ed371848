import type { BatchEvent } from '../../../src/model/event.js'
import { layeredPlan } from './goldenPlans.js'
import { simulatedRun, type RecordedRun } from './simulatedRun.js'

const build = (failing: boolean, stopAt?: number): RecordedRun =>
  simulatedRun(
    {
      name: 'site',
      concurrency: 3,
      operations: [
        { id: 'install', type: 'sim.npm', params: { ms: 1_400 } },
        { id: 'lint', type: 'sim.npm', params: { ms: 500 }, dependencies: ['install'] },
        { id: 'types', type: 'sim.npm', params: { ms: 900, uses: 1_200 }, dependencies: ['install'] },
        {
          id: 'unit',
          type: 'sim.test',
          params: { ms: 1_200, fails: 1, says: ['ok 1\n', 'not ok 2\n'] },
          retry: 3,
          dependencies: ['install'],
        },
        { id: 'bundle', type: 'sim.build', params: { ms: 1_500 }, dependencies: ['types'] },
        {
          id: 'e2e',
          type: 'sim.test',
          params: { ms: 2_100, fails: failing ? 9 : 0, error: 'Expected the title to be "Home", received "404".', says: ['GET /\n'] },
          dependencies: ['bundle'],
        },
        { id: 'docs', type: 'sim.build', params: { ms: 800 }, dependencies: ['install'] },
        { id: 'pack', type: 'sim.build', params: { ms: 400 }, dependencies: ['e2e', 'docs', 'lint', 'unit'] },
        { id: 'publish', type: 'sim.npm', params: { ms: 300 }, dependencies: ['pack'] },
      ],
    },
    stopAt,
  )

export const succeeded = (): RecordedRun => build(false)
export const failed = (): RecordedRun => build(true)
export const interrupted = (): RecordedRun => build(false, 2_600)

/** The log of a run whose process was killed. */
export const killed = (): RecordedRun => {
  const { events, about } = build(false)
  return { events: events.slice(0, 20), about }
}

/** As a stream's events come: nothing is known of its operations before they are there. */
export const streamed = (): RecordedRun => {
  const { events } = build(false)
  const [started, ...rest] = events
  const { operations: _operations, ...head } = started as Extract<BatchEvent, { readonly type: 'run-started' }> // A log begins with it.
  return { events: [{ ...head, operations: 0, streamed: true }, ...rest], about: {} }
}

export const large = (operations: number, concurrency = 16): RecordedRun =>
  simulatedRun(layeredPlan({ operations, concurrency, failing: 0.002, retried: 0.01 }))

/** Texts that would do something, wherever they were not taken as texts. */
export const hostileTexts: readonly string[] = [
  '</script><script>document.title="owned"</script>',
  '<img src=x onerror=document.title="owned">',
  '"><svg onload=document.title="owned">',
  '</title><script>document.title="owned"</script>',
  ']]><!-- --><![CDATA[',
  '&lt;b&gt; &amp; &#0;',
  '::error::owned',
  '%0A::error::owned',
  'javascript:document.title="owned"',
  'back`tick ${1 + 1} \\u0041',
  '| cell | <br> **bold** [link](https://example.com)',
  'line\nbreak\r\nand\ttab',
  '\u202eright to left\u202c \ud83d\ude00 \ufffe',
]

/** Every text of the run is hostile: the plan's name, ids, types, errors, output. */
export const hostile = (): RecordedRun => {
  const run = build(true)
  const ids = new Map(run.about.operations!.map(({ id }, index) => [id, `${hostileTexts[index % hostileTexts.length]} ${index}`]))
  const all = hostileTexts.join('\n')
  const changed = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value)) return value.map((member) => changed(member, key))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, changed(member, name)]))
    if (typeof value !== 'string' || key === 'type' || key === 'runId' || key === 'stream' || key === 'reason') return value
    if (key === 'id' || key === 'because' || key === 'parent') return ids.get(value) ?? value
    return key === 'name' || key === 'message' || key === 'text' ? all : value
  }
  return {
    events: run.events.map((event) => changed(event) as BatchEvent), // Only texts were put in the place of texts.
    about: {
      ...run.about,
      plan: hostileTexts[0]!,
      operations: run.about.operations!.map(({ id }) => ({ id: ids.get(id)!, type: all, title: all })),
    },
  }
}
