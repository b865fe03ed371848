import { map, type Observable } from 'rxjs'
import type { RunHelpers } from 'rxjs/testing'
import { ofType, onlyFailed, outcomeOf, outcomes, progress, snapshots, summarize, valueOf, values } from '../../../src/index.js'
import type { BatchEvent } from '../../../src/model/event.js'
import { attempt, events, failed, finished, started, succeeded } from '../../operators/events.js'

/** One diagram: what goes in, what comes out, and what stands in the marbles. */
export interface MarbleDiagram {
  readonly name: string
  /** The operator as one writes it. */
  readonly code: string
  readonly source: string
  readonly expected: string
  /** What stands in a marble of the source, or in one that comes out, by its letter. */
  readonly labels: Readonly<Record<string, string>>
  /** Applies the operator. Gives what stands in the marbles that come out, made of what the operator gave. */
  readonly run: (helpers: RunHelpers) => Observable<string>
}

const [start, began, gave, broke, ended] = events(started(2), attempt('a'), succeeded('a', 7), failed('b'), finished({ ok: false }))
const told = { s: start!, t: began!, a: gave!, b: broke!, e: ended! }
const story = 's--t--a--b--(e|)'
const labels = { s: 'run-started', t: 'a ▸', a: 'a ✓ 7', b: 'b ✗', e: 'run-finished' }

const labelOf = (event: BatchEvent): string =>
  Object.entries(told).flatMap(([letter, { type, seq }]) =>
    type === event.type && seq === event.seq ? [labels[letter as keyof typeof labels]] : [],
  )[0] ?? ''

/** A diagram of an operator that is given the events of the same short run. */
function ofRun(
  name: string,
  code: string,
  expected: string,
  given: Readonly<Record<string, string>>,
  apply: (events$: Observable<BatchEvent>) => Observable<string>,
): MarbleDiagram {
  return { name, code, source: story, expected, labels: { ...labels, ...given }, run: ({ cold }) => apply(cold(story, told)) }
}

/** The diagrams of the pages on operators. */
export const marbleDiagrams: readonly MarbleDiagram[] = [
  ofRun('ofType', "ofType('operation-succeeded')", '------a-----|', {}, (run) => run.pipe(ofType('operation-succeeded'), map(labelOf))),
  ofRun('onlyFailed', 'onlyFailed()', '---------b--|', {}, (run) => run.pipe(onlyFailed(), map(labelOf))),
  ofRun('outcomes', 'outcomes()', '------x--y--|', { x: 'a: succeeded', y: 'b: failed' }, (run) =>
    run.pipe(
      outcomes(),
      map(({ id, outcome }) => `${id}: ${outcome.type}`),
    ),
  ),
  ofRun('outcomeOf', "outcomeOf('a')", '------x-----|', { x: 'succeeded' }, (run) =>
    run.pipe(
      outcomeOf('a'),
      map(({ type }) => type),
    ),
  ),
  ofRun('values', 'values()', '------x-----|', { x: 'a: 7' }, (run) =>
    run.pipe(
      values(),
      map(({ id, value }) => `${id}: ${String(value)}`),
    ),
  ),
  ofRun('valueOf', "valueOf('a')", '------------(x|)', { x: '7' }, (run) => run.pipe(valueOf('a'), map(String))),
  ofRun('progress', 'progress()', 'x-----y--z--|', { x: '0', y: '0.5', z: '1' }, (run) =>
    run.pipe(
      progress(),
      map(({ fraction }) => `${fraction}`),
    ),
  ),
  ofRun('snapshots', 'snapshots({ everyMs: 6 })', 'i-----x-----(y|)', { i: 'idle', x: 'running: 1 ✓', y: 'finished: 1 ✓ 1 ✗' }, (run) =>
    run.pipe(
      snapshots({ everyMs: 6 }),
      map(
        ({ phase, counts: { succeeded, failed } }) =>
          `${phase}${succeeded > 0 ? `: ${succeeded} ✓` : ''}${failed > 0 ? ` ${failed} ✗` : ''}`,
      ),
    ),
  ),
  ofRun('summarize', 'summarize()', '------------(x|)', { x: 'ok: false' }, (run) =>
    run.pipe(
      summarize(),
      map(({ ok }) => `ok: ${String(ok)}`),
    ),
  ),
]
