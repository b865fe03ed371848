import { readFileSync } from 'node:fs'
import { Subject, type Observable } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cooldown, mergeMapPool, monitored } from '../../src/index.js'
import { marbles } from '../support/marbles.js'

const test = suite('marbles in the documentation')

/** The rows of the diagram below a heading of the page, by what they say at their beginning. */
function drawnIn(heading: string): ReadonlyMap<string, string> {
  const section = readFileSync('docs/pipe-operators.md', 'utf8').split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return rowsOf(/```text\n([^]*?)```/.exec(section)?.[1] ?? '')
}

/** The rows of the diagram in the docstring of a file. */
function drawnInDocstring(path: string): ReadonlyMap<string, string> {
  const lines = readFileSync(path, 'utf8').split('\n')
  return rowsOf(lines.flatMap((line) => (line.startsWith(' *     ') ? [line.slice(7)] : [])).join('\n'))
}

function rowsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\n').flatMap((line) => [...line.matchAll(/^(.*?) {2,}(\S.*)$/g)].map(([, label, marble]) => [label!, marble!] as const)),
  )
}

const pages = {
  mergeMapPool: 'src/operators/mergeMapPool.ts',
  cooldown: 'src/operators/cooldown.ts',
  monitored: 'src/monitor/monitored.ts',
}
for (const [name, path] of Object.entries(pages))
  test(`${name} is drawn alike on the page and in its docstring`, () => {
    assert.ok(drawnIn(name).size > 2)
    assert.equal([...drawnInDocstring(path)], [...drawnIn(name)])
  })

for (const [label, expected] of drawnIn('mergeMapPool')) {
  if (!label.startsWith('concurrency')) continue
  test(`mergeMapPool does what is drawn: ${label}`, () =>
    marbles(({ cold, expectObservable }) => {
      const rows = drawnIn('mergeMapPool')
      const project = (value: string) => cold(rows.get('project(x)')!, { x: value })
      const priority = (value: string) => (label.endsWith('c is high') && value === 'c' ? ('high' as const) : ('medium' as const))
      expectObservable(cold(rows.get('source')!).pipe(mergeMapPool(project, { concurrency: 1, priority }))).toBe(expected)
    }))
}

for (const [label, expected] of drawnIn('cooldown')) {
  const drawn = /^waitMs: (\d+), concurrency: (\d+)$/.exec(label)
  if (drawn === null) continue
  test(`cooldown does what is drawn: ${label}`, () =>
    marbles(({ cold, expectObservable, testScheduler }) => {
      const rows = drawnIn('cooldown')
      let asked = 0
      const project = (value: string): Observable<string> =>
        asked++ === 0 ? cold(rows.get('project(x), the first time')!) : cold(rows.get('project(x), later')!, { x: value })
      const options = { concurrency: Number(drawn[2]), waitMs: () => Number(drawn[1]), scheduler: testScheduler }
      expectObservable(cold(rows.get('source')!).pipe(cooldown(project, options))).toBe(expected)
    }))
}

test('monitored does what is drawn', () =>
  marbles(({ cold, expectObservable, testScheduler }) => {
    const rows = drawnIn('monitored')
    const values = new Subject<string>()
    const options = { everyMs: 4, scheduler: testScheduler }
    expectObservable(values).toBe(rows.get('everyMs: 4, values so far')!)
    const watched = cold(rows.get('source')!).pipe(monitored('letters', (sample) => values.next(String(sample.values)), options))
    expectObservable(watched).toBe(rows.get('result')!)
  }))

test.run()
